package io.steadyline.stt.peer;

import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.VendorFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a dialect told, a line each, and the rules that all dialects keep. */
public final class HeardLines implements Hearing {

    private final List<String> lines = new ArrayList<>();
    private final List<Said> finals = new ArrayList<>();
    private final List<VendorFailure> failures = new ArrayList<>();
    private int ready;

    @Override
    public void ready(String vendorRequestId) {
        if (++ready > 1) {
            throw new AssertionError("ready: twice (expected: once a connection)");
        }
        lines.add("ready");
    }

    @Override
    public void expiresIn(Duration left) {
        lines.add("expires in " + left.toMillis());
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
        checkText("interim", text);
        lines.add("interim " + text);
    }

    @Override
    public void finalText(Said said) {
        checkText("final", said.text());
        finals.add(said);
        lines.add("final " + said.text());
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

    /** Closing of the connection, put among the lines by whoever carries the messages. */
    void note(String line) {
        lines.add(line);
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    public List<Said> finals() {
        return List.copyOf(finals);
    }

    public List<VendorFailure> failures() {
        return List.copyOf(failures);
    }

    private static void checkText(String name, String text) {
        if (text.isEmpty()) {
            throw new AssertionError(name + ": empty (expected: not told at all)");
        }
    }
}
