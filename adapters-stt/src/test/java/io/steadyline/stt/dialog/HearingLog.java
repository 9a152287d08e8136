package io.steadyline.stt.dialog;

import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.VendorFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All that a dialect told, a line each. */
public final class HearingLog implements Hearing {

    private final List<String> lines = new ArrayList<>();
    private final List<Said> finals = new ArrayList<>();
    private final List<VendorFailure> failures = new ArrayList<>();

    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** What came since the last time it was asked. */
    public List<String> news() {
        List<String> news = List.copyOf(lines);
        lines.clear();
        return news;
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
        lines.add("speech from " + offsetMs);
    }

    @Override
    public void speechEnded(long offsetMs) {
        lines.add("speech to " + offsetMs);
    }

    @Override
    public void interim(String text) {
        lines.add("interim " + text);
    }

    @Override
    public void finalText(Said said) {
        finals.add(said);
        lines.add("final " + said.text() + " " + said.startMs() + ".." + said.endMs());
    }

    @Override
    public void utteranceEnded(long offsetMs) {
        lines.add("utterance to " + offsetMs);
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
