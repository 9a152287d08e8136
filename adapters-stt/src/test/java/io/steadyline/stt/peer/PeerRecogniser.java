package io.steadyline.stt.peer;

import io.steadyline.stt.peer.NumberedReader.Piece;
import io.steadyline.stt.peer.PeerDialect.PeerOut;
import io.steadyline.stt.peer.PeerDialect.Segment;
import io.steadyline.stt.peer.PeerDialect.SegmentWord;
import io.steadyline.stt.vendor.VendorAudio;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Recognises numbered audio: each 25 frames of speech are a word that is named after the first of them, such as
 * {@code f125}. A segment is final after 100 frames of speech, after 15 without, at a flush and at the end. So the words of
 * all finals tell which audio was heard, and which twice.
 *
 * <p>Where numbers cannot be read a word is named after its place on the connection, such as {@code p125}.
 */
public final class PeerRecogniser implements PeerDialect.Ear {

    public static final int WORD_FRAMES = 25;
    public static final int SEGMENT_FRAMES = 100;
    public static final int PAUSE_FRAMES = 15;

    /** What it told its dialect, in this order. */
    public sealed interface Told {
        record SpeechStarted(long offsetMs) implements Told {}

        record Interim(Segment segment) implements Told {}

        record Final(Segment segment) implements Told {}

        record UtteranceEnded(long offsetMs) implements Told {}

        record Flushed() implements Told {}

        record Ended(long totalMs) implements Told {}
    }

    private final PeerDialect dialect;
    private final PeerOut out;
    private final NumberedReader reader;
    private final List<Integer> heard = Collections.synchronizedList(new ArrayList<>());
    private final List<Told> told = Collections.synchronizedList(new ArrayList<>());
    private final List<SegmentWord> words = new ArrayList<>();
    private final AtomicLong frames = new AtomicLong();
    private volatile long unnumberedBytes;
    private boolean inUtterance;
    private int segmentNumber;
    private int segmentFrames;
    private int wordFrames;
    private int pauseFrames;
    private String wordName = "";
    private long wordStartMs;
    private long speechEndMs;

    public PeerRecogniser(PeerDialect dialect, PeerOut out, VendorAudio audio) {
        this.dialect = dialect;
        this.out = out;
        this.reader = new NumberedReader(audio);
    }

    @Override
    public void audio(byte[] data) {
        for (Piece piece : reader.read(data)) {
            long startMs = frames.get() * NumberedAudio.FRAME_MS;
            switch (piece) {
                case Piece.Numbered(int number, boolean speaking) -> {
                    heard.add(number);
                    onFrame("f" + number, speaking, startMs);
                }
                case Piece.Unnumbered(boolean speaking) -> onFrame("p" + frames.get(), speaking, startMs);
            }
            frames.incrementAndGet();
        }
        unnumberedBytes = reader.unnumberedBytes();
    }

    @Override
    public void flush() {
        finishSegment();
        told.add(new Told.Flushed());
        dialect.flushed(out);
    }

    @Override
    public void endOfInput() {
        endUtterance();
        long totalMs = frames.get() * NumberedAudio.FRAME_MS;
        told.add(new Told.Ended(totalMs));
        dialect.ended(totalMs, out);
    }

    /** Numbers of frames in the order in which they came, speech and silence; a frame that came twice is here twice. */
    public List<Integer> heard() {
        return List.copyOf(heard);
    }

    public List<Told> told() {
        return List.copyOf(told);
    }

    /** Texts of the finals. */
    public List<String> finals() {
        return told.stream()
                .filter(Told.Final.class::isInstance)
                .map(each -> ((Told.Final) each).segment().text())
                .toList();
    }

    /** Audio without a number, such as silence that keeps the connection alive. */
    public long unnumberedBytes() {
        return unnumberedBytes;
    }

    /** From the first byte of this connection, to the last whole frame. */
    public long heardMs() {
        return frames.get() * NumberedAudio.FRAME_MS;
    }

    private void onFrame(String name, boolean speaking, long startMs) {
        if (speaking) {
            onSpeech(name, startMs);
        } else if (inUtterance && ++pauseFrames == PAUSE_FRAMES) {
            endUtterance();
        }
    }

    private void onSpeech(String name, long startMs) {
        pauseFrames = 0;
        speechEndMs = startMs + NumberedAudio.FRAME_MS;
        if (!inUtterance) {
            inUtterance = true;
            told.add(new Told.SpeechStarted(startMs));
            dialect.speechStarted(startMs, out);
        }
        if (wordFrames == 0) {
            wordName = name;
            wordStartMs = startMs;
        }
        segmentFrames++;
        if (++wordFrames < WORD_FRAMES) {
            return;
        }
        finishWord();
        if (segmentFrames == SEGMENT_FRAMES) {
            finishSegment();
        } else {
            Segment soFar = segment();
            told.add(new Told.Interim(soFar));
            dialect.interim(soFar, out);
        }
    }

    private void finishWord() {
        if (wordFrames > 0) {
            words.add(new SegmentWord(wordName, wordStartMs, speechEndMs));
            wordFrames = 0;
        }
    }

    private void finishSegment() {
        finishWord();
        if (!words.isEmpty()) {
            Segment whole = segment();
            told.add(new Told.Final(whole));
            dialect.finalText(whole, out);
            words.clear();
            segmentNumber++;
        }
        segmentFrames = 0;
    }

    private void endUtterance() {
        finishSegment();
        if (inUtterance) {
            inUtterance = false;
            pauseFrames = 0;
            told.add(new Told.UtteranceEnded(speechEndMs));
            dialect.utteranceEnded(speechEndMs, out);
        }
    }

    private Segment segment() {
        String text = words.stream().map(SegmentWord::text).collect(Collectors.joining(" "));
        return new Segment(
                segmentNumber, text, words.getFirst().startMs(), words.getLast().endMs(), List.copyOf(words));
    }
}
