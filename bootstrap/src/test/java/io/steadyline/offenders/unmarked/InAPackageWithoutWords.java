package io.steadyline.offenders.unmarked;

/** Lives in a package without a package-info. */
public final class InAPackageWithoutWords {}
