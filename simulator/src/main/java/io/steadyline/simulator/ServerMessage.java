package io.steadyline.simulator;

/** The three commands a server may send, and what the provider would warn of. */
sealed interface ServerMessage {

    /** Not a record: an array is no value. */
    final class Media implements ServerMessage {

        private final byte[] audio;

        Media(byte[] audio) {
            this.audio = audio;
        }

        byte[] audio() {
            return audio;
        }
    }

    record Mark(String name) implements ServerMessage {}

    record Clear() implements ServerMessage {}

    record Malformed(String why) implements ServerMessage {}
}
