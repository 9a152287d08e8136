package io.steadyline.simulator;

/** Text of the other side, made safe for a terminal and bounded. */
final class Printable {

    private static final int MAX_CHARS = 160;

    private Printable() {}

    static String of(String text) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), MAX_CHARS); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                safe.append(String.format("\\u%04x", (int) c));
            } else {
                safe.append(c);
            }
        }
        return text.length() > MAX_CHARS ? safe.append('…').toString() : safe.toString();
    }
}
