/**
 * The control plane: the admin service of {@code steadyline.admin.v1}, health and reflection, on their own port.
 *
 * <p>Open first: {@link io.steadyline.grpc.GrpcControlPlane}, then {@link io.steadyline.grpc.AdminService}. Handlers run
 * on a small pool of the control plane, watches on its one watch thread. The media loop is met only through the
 * {@code CallDirectory}, and runs one line of this package: the offer of a second to a watch's buffer.
 */
@NullMarked
package io.steadyline.grpc;

import org.jspecify.annotations.NullMarked;
