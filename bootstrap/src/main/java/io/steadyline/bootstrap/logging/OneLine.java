package io.steadyline.bootstrap.logging;

/** Makes any text one printable line, so that what callers send cannot forge a log line or steer a terminal. */
final class OneLine {

    /** A stack trace or a list of settings fits; a megabyte from outside does not. */
    static final int MAX_CHARS = 8192;

    private OneLine() {}

    /** Appends with control characters, line separators and direction overrides escaped, cut after {@link #MAX_CHARS}. */
    static void append(StringBuilder line, String text) {
        int end = Math.min(text.length(), MAX_CHARS);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (isPrintable(c)) {
                        line.append(c);
                    } else {
                        line.append(String.format("\\u%04x", (int) c));
                    }
                }
            }
        }
        if (end < text.length()) {
            line.append("… (").append(text.length() - end).append(" more characters)");
        }
    }

    private static boolean isPrintable(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.FORMAT -> false;
            default -> true;
        };
    }
}
