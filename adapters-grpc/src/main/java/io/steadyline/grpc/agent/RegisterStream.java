package io.steadyline.grpc.agent;

import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.steadyline.agent.v1.Hello;
import io.steadyline.agent.v1.OfferAnswer;
import io.steadyline.agent.v1.RegisterRequest;
import io.steadyline.agent.v1.RegisterResponse;
import io.steadyline.agent.v1.Registered;
import io.steadyline.grpc.Failures;
import io.steadyline.grpc.Refusals;
import io.steadyline.signal.Printable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bot's registration. Messages come on a handler thread, one at a time and only when asked for; everything is done, and
 * written, on the door's thread.
 */
final class RegisterStream implements StreamObserver<RegisterRequest> {

    private static final Logger log = LoggerFactory.getLogger(RegisterStream.class);
    private static final int MAX_REASON_CHARS = 200;

    private final GrpcAgentDoor door;
    private final String caller;
    private final ServerCallStreamObserver<RegisterResponse> bot;
    private @Nullable String botId;
    private boolean over;

    RegisterStream(GrpcAgentDoor door, String caller, ServerCallStreamObserver<RegisterResponse> bot) {
        this.door = door;
        this.caller = caller;
        this.bot = bot;
        bot.disableAutoRequest();
        bot.setOnCancelHandler(() -> door.run(() -> leave("its connection broke", false)));
        bot.request(1);
    }

    @Override
    public void onNext(RegisterRequest message) {
        door.run(() -> {
            try {
                if (!over) {
                    handle(message);
                    bot.request(1);
                }
            } catch (RuntimeException e) {
                fail(Failures.answerTo(e, "Register"));
            }
        });
    }

    @Override
    public void onError(Throwable broken) {
        door.run(() -> leave("its connection broke", false));
    }

    @Override
    public void onCompleted() {
        door.run(() -> {
            if (!over) {
                leave("it has said so", true);
                bot.onCompleted();
            }
        });
    }

    /** It reads what it is told. */
    boolean isReady() {
        return bot.isReady();
    }

    void send(RegisterResponse message) {
        if (!over) {
            bot.onNext(message);
        }
    }

    void fail(StatusRuntimeException why) {
        if (!over) {
            leave(String.valueOf(why.getStatus().getDescription()), false);
            bot.onError(why);
        }
    }

    /** Nobody may hold a stream for nothing. Door's thread. */
    void requireHello(long withinMs) {
        if (botId == null) {
            fail(Refusals.invalid("message", "none within " + withinMs + " ms", "hello as the first message"));
        }
    }

    private void handle(RegisterRequest message) {
        String id = botId;
        switch (message.getMessageCase()) {
            case HELLO -> {
                if (id != null) {
                    throw Refusals.invalid("message", "hello", "one hello only, as the first message");
                }
                register(message.getHello());
            }
            case ANSWER -> answer(requireKnown(id, "answer"), message.getAnswer());
            case READINESS -> door.desk().ready(requireKnown(id, "readiness"), message.getReadiness().getReady());
            case MESSAGE_NOT_SET ->
                throw Refusals.invalid("message", "none that is known here", "hello, answer or readiness");
        }
    }

    private void register(Hello hello) {
        BotProfile profile = HelloReader.read(hello);
        Optional<String> id = door.desk().register(profile, door.nowNs());
        if (id.isEmpty()) {
            int max = door.limits().maxBots();
            throw Refusals.of(
                    Code.RESOURCE_EXHAUSTED,
                    "TOO_MANY_BOTS",
                    "bots: " + max + " are registered (expected: fewer; one has to leave first)");
        }
        botId = id.get();
        door.offers().onJoined(id.get(), this);
        log.info("agents: {} registered from {}, version {}", id.get(), caller, profile.version());
        send(RegisterResponse.newBuilder()
                .setRegistered(Registered.newBuilder().setBotId(id.get()).setGatewayBootId(door.bootId()))
                .build());
    }

    private void answer(String id, OfferAnswer answer) {
        String reason = answer.getReason();
        if (reason.length() > MAX_REASON_CHARS) {
            throw Refusals.invalid(
                    "answer.reason", reason.length() + " characters", "at most " + MAX_REASON_CHARS + " characters");
        }
        door.offers().onAnswer(id, answer.getOfferId(), answer.getAccept(), Printable.of(reason, MAX_REASON_CHARS));
    }

    private static String requireKnown(@Nullable String id, String what) {
        if (id == null) {
            throw Refusals.invalid("message", what, "hello as the first message");
        }
        return id;
    }

    private void leave(String why, boolean inOrder) {
        if (over) {
            return;
        }
        over = true;
        door.forget(this);
        if (botId != null) {
            log.info("agents: {} left: {}", botId, Printable.of(why, MAX_REASON_CHARS));
            door.offers().onLeft(botId, inOrder);
        }
    }
}
