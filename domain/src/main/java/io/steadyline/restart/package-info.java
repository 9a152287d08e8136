/**
 * How a boot of the process ended, and what became of its calls: evidence in, diagnosis out. Pure; files, processes and
 * clocks belong to whoever gathers the evidence.
 *
 * <p>Open first: {@link io.steadyline.restart.Evidence}, then {@link io.steadyline.restart.Diagnosis} and
 * {@link io.steadyline.restart.BootReport}. Any thread: everything here is a value.
 */
@NullMarked
package io.steadyline.restart;

import org.jspecify.annotations.NullMarked;
