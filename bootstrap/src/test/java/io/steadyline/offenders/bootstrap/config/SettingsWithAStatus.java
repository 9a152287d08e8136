package io.steadyline.offenders.bootstrap.config;

import io.grpc.Status;

/** gRPC outside its adapter. */
public record SettingsWithAStatus(Status status) {}
