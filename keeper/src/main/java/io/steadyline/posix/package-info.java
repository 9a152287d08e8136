/**
 * The few functions of the kernel that Java has no public way to, by the foreign function interface. Linux on x86-64 and
 * aarch64; written for glibc, with nothing that musl lacks.
 *
 * <p>Open first: {@link io.steadyline.posix.Sockets}, then {@link io.steadyline.posix.Processes}. Any thread; each method
 * says if it waits. Needs {@code --enable-native-access}.
 */
@NullMarked
package io.steadyline.posix;

import org.jspecify.annotations.NullMarked;
