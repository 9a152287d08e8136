package io.steadyline.keeper;

/**
 * What the worker and the keeper say to each other, one packet each; {@link KeeperProtocol} has the bytes.
 *
 * <p>The worker begins with {@link Hello}. The keeper answers with {@link Welcome}, an {@link Ended} when there was a
 * worker before, a {@link Give} for each socket it holds, and {@link End}; a worker that waits gets its answer when the one before it has
 * ended. From then on only the worker speaks, but for the answer to {@link Prepare}.
 *
 * <p>A side leaves out what it does not know: new kinds may come without a new version.
 */
public sealed interface KeeperMessage {

    /** Worker: the first message. */
    record Hello(long workerPid) implements KeeperMessage {}

    /** Worker: the descriptor that comes with this packet is to be held under this name; replaces one of the same name. */
    record Hold(String socketName) implements KeeperMessage {}

    /** Worker: close what is held under this name. */
    record Drop(String socketName) implements KeeperMessage {}

    /** Worker: it serves; and, after {@link Prepare} or {@link Upgrade}, that it does not step aside after all. */
    record Ready() implements KeeperMessage {}

    /**
     * Worker: it is going to step aside, once the next one waits.
     *
     * @param programFile that the next one is to be started from; empty: the same
     */
    record Prepare(String programFile) implements KeeperMessage {}

    /**
     * Worker: it is about to step aside.
     *
     * @param programFile that the next one is to be started from; empty: the same
     */
    record Upgrade(String programFile) implements KeeperMessage {}

    /** Worker: it was asked to stop and will end; no other one is to be started. */
    record Stopping() implements KeeperMessage {}

    /**
     * Keeper: the answer to Hello.
     *
     * @param generation counts the workers of this keeper, from 1
     */
    record Welcome(int generation, long keeperPid) implements KeeperMessage {}

    /** Keeper: how the worker before this one ended. */
    record Ended(Obituary obituary) implements KeeperMessage {}

    /** Keeper: the descriptor that comes with this packet was held under this name, and still is. */
    record Give(String socketName) implements KeeperMessage {}

    /**
     * Keeper: the answer to Prepare.
     *
     * @param whyNot the next one cannot be started; empty: it waits, or nobody ever waits at this keeper
     */
    record Prepared(String whyNot) implements KeeperMessage {}

    /** Keeper: that was all. */
    record End(int count) implements KeeperMessage {}

    /** The other side speaks another version: nothing of the packet can be relied on but this number. */
    record OtherVersion(int version) implements KeeperMessage {}
}
