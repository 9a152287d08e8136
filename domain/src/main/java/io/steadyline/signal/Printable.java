package io.steadyline.signal;

/** Makes text from outside safe for a log line: control characters escaped, length bounded. */
public final class Printable {

    private static final int MAX_CHARS = 64;

    private Printable() {}

    /** The text with control characters (C0, C1, line and paragraph separators) as escapes, cut after 64 characters. */
    public static String of(String text) {
        return of(text, MAX_CHARS);
    }

    /** The same, cut after {@code maxChars} characters of the original. */
    public static String of(String text, int maxChars) {
        StringBuilder safe = new StringBuilder(Math.min(text.length(), maxChars) + 8);
        for (int i = 0; i < Math.min(text.length(), maxChars); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                safe.append(String.format("\\u%04x", (int) c));
            } else {
                safe.append(c);
            }
        }
        return text.length() > maxChars ? safe.append('…').toString() : safe.toString();
    }
}
