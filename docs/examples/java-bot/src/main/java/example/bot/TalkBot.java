package example.bot;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.protobuf.ByteString;
import io.steadyline.agent.v1.AttendResponse;
import io.steadyline.agent.v1.CallStarted;
import io.steadyline.agent.v1.MarkOutcome;
import io.steadyline.agent.v1.MarkSettled;
import io.steadyline.agent.v1.Open;
import io.steadyline.agent.v1.UtteranceEnded;
import java.util.Locale;

/** Converses in tones: greets, answers each utterance, key 1 says it again, key 9 says goodbye and hangs up. */
final class TalkBot implements Bot {

    /** No caller audio: the gateway's recogniser tells when the caller has spoken. */
    private static final Open OPEN = Open.newBuilder().setAcknowledges(true).build();

    private static final Gson JSON = new GsonBuilder()
            .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
            .create();

    private enum State {
        GREETING,
        LISTENING,
        ANSWERING,
        LEAVING
    }

    /** What the next bot has to know if this one dies. */
    private record Memory(int turns, long utteranceMs, Long interruptedAtMs) {}

    private final Call call;
    private State state = State.LISTENING;
    private Memory memory = new Memory(0, 0, null);
    /** Of what is being said. */
    private long sentMs;

    private TalkBot(Call call) {
        this.call = call;
    }

    public static void main(String[] args) throws InterruptedException {
        Connection.serve(new Kind("java-talk", OPEN, TalkBot::new), args);
    }

    @Override
    public void on(AttendResponse response) {
        switch (response.getMessageCase()) {
            case STARTED -> onStarted(response.getStarted());
            case UTTERANCE_ENDED -> onUtterance(response.getUtteranceEnded());
            case DTMF -> onKey(response.getDtmf().getDigit());
            case INTERRUPTED -> onInterrupted();
            case PLAYBACK -> sentMs = response.getPlayback().getSentMs();
            case MARK -> onMark(response.getMark());
            case WARNING -> call.log("warning: " + response.getWarning().getText());
            case RELEASED -> call.log("released: " + response.getReleased().getReason());
            case ENDED ->
                call.log("ended by " + response.getEnded().getBy() + ": "
                        + response.getEnded().getReason());
            default -> {}
        }
    }

    private void onStarted(CallStarted started) {
        if (!started.getResumed()) {
            say(State.GREETING, Tones.GREETING, "greeting");
            remember();
            return;
        }
        if (!started.getContext().isEmpty()) {
            memory = JSON.fromJson(started.getContext().toStringUtf8(), Memory.class);
        }
        long gapMs = started.getBreak().getGapMs();
        call.log("resumed: " + memory.turns() + " turns so far, " + gapMs + " ms without a bot");
    }

    private void onUtterance(UtteranceEnded utterance) {
        if (state == State.LEAVING) {
            return;
        }
        long ms = utterance.getEndMs() - utterance.getStartMs();
        memory = new Memory(memory.turns() + 1, ms, memory.interruptedAtMs());
        answer();
        remember();
    }

    private void onKey(String digit) {
        if (state == State.LEAVING) {
            return;
        }
        if (digit.equals("1")) {
            answer();
        } else if (digit.equals("9")) {
            say(State.LEAVING, Tones.GOODBYE, "goodbye");
            // Waits for the goodbye by itself.
            call.hangUp("the caller pressed 9");
        }
    }

    private void onInterrupted() {
        // All that was to be said has been sent, and is forgotten there. Whoever still makes audio stops here.
        call.log("interrupted while " + name(state) + ", after " + sentMs + " ms");
        memory = new Memory(memory.turns(), memory.utteranceMs(), sentMs);
        remember();
        if (state != State.LEAVING) {
            state = State.LISTENING;
        }
        sentMs = 0;
    }

    private void onMark(MarkSettled mark) {
        String outcome = mark.getOutcome().name().replace("MARK_OUTCOME_", "").toLowerCase(Locale.ROOT);
        call.log("mark " + mark.getName() + " " + outcome);
        if (mark.getOutcome() == MarkOutcome.MARK_OUTCOME_PLAYED && state != State.LEAVING) {
            state = State.LISTENING;
        }
    }

    private void answer() {
        say(State.ANSWERING, Tones.answer(memory.utteranceMs()), "answer-" + memory.turns());
    }

    private void say(State next, ByteString audio, String mark) {
        call.log(name(next) + ": " + mark + ", " + audio.size() / Tones.SAMPLES_PER_MS + " ms");
        state = next;
        call.play(audio, call.epoch());
        call.mark(mark, call.epoch());
    }

    private void remember() {
        call.keep(ByteString.copyFromUtf8(JSON.toJson(memory)));
    }

    private static String name(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
