package io.steadyline.stt.runtime;

import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.VendorFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What a vendor said on one connection, in order, its places moved into the call. Used by the session's thread. */
final class VendorSpeech implements Hearing {

    private final Timeline timeline;
    private final Deque<Heard> heard = new ArrayDeque<>();
    private boolean useful;
    private boolean answered;

    VendorSpeech(Timeline timeline) {
        this.timeline = timeline;
    }

    @Nullable
    Heard poll() {
        return heard.poll();
    }

    /** Words became final. */
    boolean isUseful() {
        return useful;
    }

    /** Something about what the caller says came since the last time that this was asked. */
    boolean takeAnswered() {
        boolean taken = answered;
        answered = false;
        return taken;
    }

    @Override
    public void ready(String vendorRequestId) {
        heard.add(new Heard.Ready(vendorRequestId));
    }

    @Override
    public void expiresIn(Duration left) {
        heard.add(new Heard.Expires(left));
    }

    @Override
    public void speechStarted(long offsetMs) {
        answered = true;
        heard.add(new Heard.SpeechStarted(inCall(offsetMs)));
    }

    @Override
    public void speechEnded(long offsetMs) {
        answered = true;
        heard.add(new Heard.SpeechEnded(inCall(offsetMs)));
    }

    @Override
    public void interim(String text) {
        answered = true;
        heard.add(new Heard.Interim(text));
    }

    @Override
    public void finalText(Said said) {
        answered = true;
        useful |= !said.text().isBlank();
        heard.add(new Heard.Final(
                said.text(),
                inCall(said.startMs()),
                inCall(said.endMs()),
                said.confidence(),
                said.words().stream().map(this::inCall).toList()));
    }

    @Override
    public void utteranceEnded(long offsetMs) {
        answered = true;
        heard.add(new Heard.UtteranceEnded(inCall(offsetMs)));
    }

    @Override
    public void flushed() {
        heard.add(new Heard.Flushed());
    }

    @Override
    public void acknowledged(long offsetMs) {
        heard.add(new Heard.Acknowledged(offsetMs));
    }

    @Override
    public void failed(VendorFailure failure) {
        heard.add(new Heard.Failed(failure));
    }

    @Override
    public void warned(String message) {
        heard.add(new Heard.Warned(message));
    }

    @Override
    public void ended() {
        heard.add(new Heard.Ended());
    }

    private Heard.Word inCall(SaidWord word) {
        return new Heard.Word(word.text(), inCall(word.startMs()), inCall(word.endMs()), word.confidence());
    }

    private long inCall(long offsetMs) {
        return offsetMs == UNKNOWN ? UNKNOWN : timeline.callMs(offsetMs);
    }
}
