package io.steadyline.stt.builtin;

import io.steadyline.media.AudioFrame;
import io.steadyline.signal.SpeechEvent.UtteranceEnd;
import io.steadyline.stt.audio.Recording;
import io.steadyline.stt.audio.Recording.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Compares what was heard with the truth, over any number of recordings. */
final class Score {

    private static final int START_WITHIN_MS = 200;
    private static final int SIGNAL_WITHIN_MS = 30;
    /** A tone that lasts longer is told after this time. */
    private static final int TOLD_MS = 1_000;

    private static final int FRAME_MS = 20;

    private int truths;
    private int detections;
    private int hits;
    private int trueFrames;
    private int heardFrames;
    private int bothFrames;
    private final List<Long> startErrorsMs = new ArrayList<>();
    private final List<Long> endErrorsMs = new ArrayList<>();

    /** An utterance is hit by one that overlaps it and starts within 200 ms of it. */
    void addSpeech(Recording recording) {
        List<AudioFrame> frames = recording.frames();
        Hearing hearing = Hearing.of(frames);
        List<UtteranceEnd> heard = new ArrayList<>(hearing.utterances());
        truths += recording.truths().size();
        detections += heard.size();
        for (Truth truth : recording.truths()) {
            UtteranceEnd hit =
                    heard.stream().filter(each -> hits(each, truth)).findFirst().orElse(null);
            if (hit != null) {
                heard.remove(hit);
                add(hit.start().toMillis() - truth.startMs(), hit.end().toMillis() - truth.endMs());
            }
        }
        addFrames(recording, hearing, frames.size());
    }

    /** A key is hit by the same key that begins within 30 ms of it. */
    void addDigits(Recording recording) {
        add(
                recording,
                Hearing.of(recording.frames()).digits().stream()
                        .map(each -> new Found(
                                String.valueOf(each.digit()),
                                each.offset().toMillis(),
                                each.offset().plus(each.duration()).toMillis()))
                        .toList());
    }

    /** A tone is hit by one of the same kind that begins within 30 ms of it; a long one is told after a second. */
    void addTones(Recording recording) {
        add(
                recording,
                Hearing.of(recording.frames()).tones().stream()
                        .map(each -> new Found(
                                each.tone().toString(),
                                each.offset().toMillis(),
                                each.offset().plus(each.duration()).toMillis()))
                        .toList());
    }

    private record Found(String what, long startMs, long endMs) {}

    private void add(Recording recording, List<Found> found) {
        List<Found> heard = new ArrayList<>(found);
        truths += recording.truths().size();
        detections += heard.size();
        for (Truth truth : recording.truths()) {
            Found hit = heard.stream()
                    .filter(each -> each.what().equals(truth.what()))
                    .filter(each -> Math.abs(each.startMs() - truth.startMs()) <= SIGNAL_WITHIN_MS)
                    .findFirst()
                    .orElse(null);
            if (hit != null) {
                heard.remove(hit);
                add(hit.startMs() - truth.startMs(), hit.endMs() - Math.min(truth.endMs(), truth.startMs() + TOLD_MS));
            }
        }
    }

    double recall() {
        return (double) hits / truths;
    }

    double precision() {
        return detections == 0 ? 1 : (double) hits / detections;
    }

    double frameRecall() {
        return (double) bothFrames / trueFrames;
    }

    double framePrecision() {
        return heardFrames == 0 ? 1 : (double) bothFrames / heardFrames;
    }

    String line(String name) {
        return String.format(
                Locale.ROOT,
                "%-16s %5d %9.3f %7.3f %9s %9s %9s %9s",
                name,
                truths,
                precision(),
                recall(),
                trueFrames == 0 ? "-" : String.format(Locale.ROOT, "%.3f", framePrecision()),
                trueFrames == 0 ? "-" : String.format(Locale.ROOT, "%.3f", frameRecall()),
                median(startErrorsMs),
                median(endErrorsMs));
    }

    static String header(String title) {
        return String.format(
                Locale.ROOT,
                "%n%s%n%-16s %5s %9s %7s %9s %9s %9s %9s",
                title,
                "noise, SNR dB",
                "count",
                "precision",
                "recall",
                "frame pr.",
                "frame re.",
                "start ms",
                "end ms");
    }

    private void add(long startErrorMs, long endErrorMs) {
        hits++;
        startErrorsMs.add(startErrorMs);
        endErrorsMs.add(endErrorMs);
    }

    private void addFrames(Recording recording, Hearing hearing, int frames) {
        for (int frame = 0; frame < frames; frame++) {
            long middleMs = (long) frame * FRAME_MS + FRAME_MS / 2;
            boolean isTrue =
                    recording.truths().stream().anyMatch(each -> middleMs >= each.startMs() && middleMs < each.endMs());
            boolean isHeard = hearing.speech().stream().anyMatch(each -> middleMs >= each[0] && middleMs < each[1]);
            trueFrames += isTrue ? 1 : 0;
            heardFrames += isHeard ? 1 : 0;
            bothFrames += isTrue && isHeard ? 1 : 0;
        }
    }

    private static boolean hits(UtteranceEnd heard, Truth truth) {
        return heard.start().toMillis() < truth.endMs()
                && heard.end().toMillis() > truth.startMs()
                && Math.abs(heard.start().toMillis() - truth.startMs()) <= START_WITHIN_MS;
    }

    private static String median(List<Long> values) {
        return values.isEmpty()
                ? "-"
                : String.valueOf(values.stream().sorted().toList().get(values.size() / 2));
    }
}
