package io.steadyline.grpc.agent;

import io.steadyline.port.AgentSeat;
import java.util.function.Consumer;

/**
 * A call's seat, entered by one thread at a time: the bot's handler, the thread that notices that its connection is gone, and
 * the one that notices that it does not read. After {@link #leave} nothing is said any more.
 */
final class BotPlace {

    private final String botId;
    private final AgentSeat seat;
    private final Runnable onOver;
    private boolean over;

    /** @param onOver the bot has lost the call, in whatever way; once */
    BotPlace(String botId, AgentSeat seat, Runnable onOver) {
        this.botId = botId;
        this.seat = seat;
        this.onOver = onOver;
    }

    String botId() {
        return botId;
    }

    synchronized void say(Consumer<AgentSeat> what) {
        if (!over) {
            what.accept(seat);
        }
    }

    /** The bot is gone. False: it had lost the call before. */
    boolean leave(String why) {
        synchronized (this) {
            if (over) {
                return false;
            }
            over = true;
            seat.left(why);
        }
        onOver.run();
        return true;
    }

    /** The call has let go of the bot, and wants to hear nothing of it. */
    void close() {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        onOver.run();
    }

    boolean isWritable() {
        return seat.isWritable();
    }
}
