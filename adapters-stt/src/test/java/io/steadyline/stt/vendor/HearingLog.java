package io.steadyline.stt.vendor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Writes down what a dialect tells, one line each, such as {@code final "two" 100-400 0.9 [two 120-380 0.8]}. */
public final class HearingLog implements Hearing {

    private final List<String> lines = new ArrayList<>();
    private final List<Said> finals = new ArrayList<>();
    private final List<VendorFailure> failures = new ArrayList<>();

    /** All so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** What came since the last take. */
    public List<String> take() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    public List<Said> finals() {
        return List.copyOf(finals);
    }

    public List<VendorFailure> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void ready(String vendorRequestId) {
        lines.add("ready " + vendorRequestId);
    }

    @Override
    public void expiresIn(Duration left) {
        lines.add("expires in " + left.toSeconds() + " s");
    }

    @Override
    public void speechStarted(long offsetMs) {
        lines.add("speech started " + offsetMs);
    }

    @Override
    public void speechEnded(long offsetMs) {
        lines.add("speech ended " + offsetMs);
    }

    @Override
    public void interim(String text) {
        lines.add("interim \"" + text + "\"");
    }

    @Override
    public void finalText(Said said) {
        finals.add(said);
        String words = said.words().stream()
                .map(word -> word.text() + " " + word.startMs() + "-" + word.endMs() + shown(word.confidence()))
                .collect(Collectors.joining(", "));
        lines.add("final \"" + said.text() + "\" " + said.startMs() + "-" + said.endMs() + shown(said.confidence())
                + " [" + words + "]");
    }

    private static String shown(OptionalDouble confidence) {
        return confidence.isPresent() ? " " + confidence.getAsDouble() : "";
    }

    @Override
    public void utteranceEnded(long offsetMs) {
        lines.add("utterance ended " + offsetMs);
    }

    @Override
    public void flushed() {
        lines.add("flushed");
    }

    @Override
    public void acknowledged(long offsetMs) {
        lines.add("acknowledged " + offsetMs);
    }

    @Override
    public void failed(VendorFailure failure) {
        failures.add(failure);
        lines.add("failed " + failure.kind() + " " + failure.code());
    }

    @Override
    public void warned(String message) {
        lines.add("warned " + message);
    }

    @Override
    public void ended() {
        lines.add("ended");
    }
}
