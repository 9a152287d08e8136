package io.steadyline.benchmarks.soak;

import io.steadyline.benchmarks.paced.ProcessView;
import java.io.IOException;

/**
 * What the gateway's processes hold at one moment.
 *
 * @param descriptors of the worker that serves
 * @param keeperDescriptors of the keeper, which has a duplicate of each call's socket
 * @param threads of the worker
 * @param residentKib of the worker, in RAM
 */
record Look(int descriptors, int keeperDescriptors, int threads, long residentKib) {

    static Look at(ProcessView worker, ProcessView keeper) throws IOException {
        return new Look(worker.descriptors(), keeper.descriptors(), worker.threads(), worker.residentKib());
    }

    /** The larger one of each. */
    Look or(Look other) {
        return new Look(
                Math.max(descriptors, other.descriptors),
                Math.max(keeperDescriptors, other.keeperDescriptors),
                Math.max(threads, other.threads),
                Math.max(residentKib, other.residentKib));
    }
}
