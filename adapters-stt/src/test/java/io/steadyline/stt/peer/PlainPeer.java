package io.steadyline.stt.peer;

import java.util.Map;
import java.util.Optional;

/**
 * The simplest language there is, for tests of what is around a language: audio is binary, all the rest is a word or two of
 * text.
 */
public class PlainPeer implements PeerDialect {

    @Override
    public Optional<PeerRefusal> onRequest(PeerRequest request, Optional<Trouble> trouble) {
        return trouble.map(any -> new PeerRefusal(503, Map.of("X-Trouble", any.name()), "trouble"));
    }

    @Override
    public void onOpened(PeerOut out) {
        // The client speaks first.
    }

    @Override
    public void onText(String text, PeerOut out, Ear ear) {
        switch (text) {
            case "flush" -> ear.flush();
            case "end" -> ear.endOfInput();
            default -> out.text("echo " + text);
        }
    }

    @Override
    public void onBinary(byte[] data, PeerOut out, Ear ear) {
        ear.audio(data);
    }

    @Override
    public void speechStarted(long offsetMs, PeerOut out) {
        out.text("speech " + offsetMs);
    }

    @Override
    public void interim(Segment segment, PeerOut out) {
        out.text("interim " + segment.text());
    }

    @Override
    public void finalText(Segment segment, PeerOut out) {
        out.text("final " + segment.text());
    }

    @Override
    public void utteranceEnded(long offsetMs, PeerOut out) {
        out.text("utterance " + offsetMs);
    }

    @Override
    public void flushed(PeerOut out) {
        out.text("flushed");
    }

    @Override
    public void ended(long totalMs, PeerOut out) {
        out.text("ended " + totalMs);
        out.close(1000, "bye");
    }

    @Override
    public void trouble(Trouble trouble, PeerOut out) {
        out.text("trouble " + trouble);
        out.close(1011, trouble.name());
    }
}
