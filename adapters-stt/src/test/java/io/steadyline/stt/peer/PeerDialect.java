package io.steadyline.stt.peer;

import java.util.List;
import java.util.Optional;

/**
 * A vendor's side of its language on one connection: reads what a client sends, gives the audio to the {@link Ear}, and writes
 * what the recogniser in the peer has to say in the vendor's own messages. Strict: whatever the vendor would refuse is
 * refused here too, with the vendor's code.
 */
public interface PeerDialect {

    /** A stretch of recognised audio; ms from the first audio byte of this connection. */
    record Segment(int number, String text, long startMs, long endMs, List<SegmentWord> words) {}

    record SegmentWord(String text, long startMs, long endMs) {}

    /** Ways to fail that each vendor has words for. */
    enum Trouble {
        /** The key is wrong: at the request where the vendor does it there, else in its first message. */
        AUTH,
        /** Nothing left to spend. */
        QUOTA,
        /** The connection's time is over, as the vendor says it at its limit. */
        LIMIT_REACHED,
        /** The vendor's own fault, may be tried again. */
        SERVER_ERROR,
        /** No audio for too long. */
        IDLE
    }

    /** What the peer's recogniser is given. */
    interface Ear {
        /** Audio as it was sent, decoded from the message but not from its encoding. */
        void audio(byte[] data);

        /** The client asks for a final now. */
        void flush();

        /** No audio follows. */
        void endOfInput();
    }

    /** What goes back to the client. */
    interface PeerOut {
        void text(String text);

        void binary(byte[] data);

        void close(int code, String reason);
    }

    /** The upgrade request (or metadata of a gRPC call). Empty: accepted; else the HTTP answer instead. */
    Optional<PeerRefusal> onRequest(PeerRequest request, Optional<Trouble> trouble);

    /** The connection is open. */
    void onOpened(PeerOut out);

    void onText(String text, PeerOut out, Ear ear);

    void onBinary(byte[] data, PeerOut out, Ear ear);

    void speechStarted(long offsetMs, PeerOut out);

    void interim(Segment segment, PeerOut out);

    void finalText(Segment segment, PeerOut out);

    /** After the finals of an utterance, where the vendor tells that. */
    void utteranceEnded(long offsetMs, PeerOut out);

    /** After the finals that a flush brought. */
    void flushed(PeerOut out);

    /** All that was said after the end of input: goodbye, and close where the vendor closes. */
    void ended(long totalMs, PeerOut out);

    /** Says that something is wrong and closes as the vendor does. */
    void trouble(Trouble trouble, PeerOut out);
}
