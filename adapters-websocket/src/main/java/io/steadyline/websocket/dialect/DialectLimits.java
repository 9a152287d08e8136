package io.steadyline.websocket.dialect;

/**
 * What one message of a peer may cost. A message over a limit is refused with a reason; the stream goes on.
 *
 * @param messageBytes a whole message, before anything is parsed
 * @param depth objects and arrays inside one another
 * @param tokens names, values and brackets of a message
 * @param stringChars one JSON string; has to hold the base64 of {@code payloadBytes}
 * @param nameChars one field name
 * @param numberDigits one JSON number
 * @param payloadBytes audio of one message, decoded; 32768 bytes are 4 s of 8 kHz µ-law
 * @param parameters custom parameters of a call
 * @param parameterChars name and value of one parameter together; Twilio documents "less than 500"
 * @param idChars a call's, stream's or account's id
 * @param markNameChars a mark's name, in both directions
 */
public record DialectLimits(
        int messageBytes,
        int depth,
        int tokens,
        int stringChars,
        int nameChars,
        int numberDigits,
        int payloadBytes,
        int parameters,
        int parameterChars,
        int idChars,
        int markNameChars) {

    private static final DialectLimits DEFAULTS =
            new DialectLimits(65_536, 8, 2_000, 49_152, 64, 20, 32_768, 64, 499, 64, 128);

    public DialectLimits {
        expect("messageBytes", messageBytes, 1_024, 1_048_576);
        // A start message is three deep: the message, start, customParameters.
        expect("depth", depth, 4, 64);
        expect("tokens", tokens, 100, 100_000);
        expect("stringChars", stringChars, 256, messageBytes);
        expect("nameChars", nameChars, 32, 1_024);
        expect("numberDigits", numberDigits, 18, 100);
        expect("payloadBytes", payloadBytes, 160, Math.min(524_288, stringChars / 4 * 3));
        expect("parameters", parameters, 0, 1_000);
        expect("parameterChars", parameterChars, 1, 10_000);
        expect("idChars", idChars, 34, 256);
        expect("markNameChars", markNameChars, 16, 1_024);
    }

    public static DialectLimits defaults() {
        return DEFAULTS;
    }

    private static void expect(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + min + " to " + max + ")");
        }
    }
}
