package io.steadyline.bootstrap.config;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The kinds of value that settings have. */
final class SettingTypes {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|min|h)?");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,9}");
    /** Host names, IPv4 and IPv6 literals by their characters; whether the machine has the address shows when it is bound. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Za-z.:%_-]{1,253}");

    private static final Pattern PLAIN_TEXT = Pattern.compile("[\\x21-\\x7e]{1,64}");
    /** Printable ASCII without blanks: what fits into an HTTP header and survives a copy from a console. */
    private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7e]{8,4096}");

    private SettingTypes() {}

    static SettingType<Integer> wholeNumber(int min, int max, String unit) {
        String expectation = "a whole number from " + min + " to " + max;
        return open(Integer.class, expectation, unit, text -> number(text).filter(n -> n >= min && n <= max));
    }

    /** A time with its unit; a bare number counts in {@code unit}, which is "ms" or "s". */
    static SettingType<Duration> duration(Duration min, Duration max, String unit) {
        String expectation =
                "a time from " + written(min) + " to " + written(max) + "; a bare number counts in " + unit;
        SettingType.Parser<Duration> parser = (text, files) ->
                time(text, unit).filter(given -> given.compareTo(min) >= 0 && given.compareTo(max) <= 0);
        return new SettingType<>(Duration.class, expectation, unit, false, parser, SettingTypes::written);
    }

    /** One of the constants, written in lower case with dashes. */
    static <E extends Enum<E>> SettingType<E> choice(Class<E> constants) {
        List<E> all = List.of(constants.getEnumConstants());
        String expectation = all.stream().map(SettingTypes::written).collect(Collectors.joining(" or "));
        SettingType.Parser<E> parser = (text, files) -> all.stream()
                .filter(constant -> written(constant).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst();
        return new SettingType<>(constants, expectation, "", false, parser, SettingTypes::written);
    }

    static SettingType<Boolean> onOff() {
        Set<String> yes = Set.of("on", "true", "yes");
        Set<String> no = Set.of("off", "false", "no");
        SettingType.Parser<Boolean> parser = (text, files) -> {
            String word = text.toLowerCase(Locale.ROOT);
            return yes.contains(word) || no.contains(word) ? Optional.of(yes.contains(word)) : Optional.empty();
        };
        return new SettingType<>(Boolean.class, "on or off", "", false, parser, on -> on ? "on" : "off");
    }

    static SettingType<String> word() {
        return open(
                String.class, "1 to 64 printable characters without blanks", "", text -> matching(PLAIN_TEXT, text));
    }

    static SettingType<String> bindAddress() {
        return open(String.class, "an IP address or a host name", "", text -> matching(ADDRESS, text));
    }

    /** Where the program will write; made when it is missing. */
    static SettingType<Path> directory() {
        return open(Path.class, "a directory", "", SettingTypes::path);
    }

    static SettingType<Path> readableFile() {
        SettingType.Parser<Path> parser = (text, files) -> path(text).filter(files::isReadable);
        return new SettingType<>(Path.class, "a file that this process can read", "", false, parser, Path::toString);
    }

    /** Scheme, host, optional port and path; no query, because Twilio's stream URLs have none. */
    static SettingType<URI> publicUrl() {
        return open(
                URI.class,
                "an https or http URL without user, query and fragment, such as \"https://voice.example.com\"",
                "",
                SettingTypes::url);
    }

    /** Query and path as the bot wants them; no user, which no WebSocket client sends. */
    static SettingType<URI> webSocketUrl() {
        return open(
                URI.class,
                "a wss or ws URL without user and fragment, such as \"wss://bot.example.com/media\"",
                "",
                text -> urlOf(text, List.of("wss", "ws"))
                        .filter(url -> url.getRawFragment() == null && url.getRawUserInfo() == null));
    }

    static SettingType<Secret> secret() {
        String expectation = "8 to 4096 printable characters without blanks";
        SettingType.Parser<Secret> parser =
                (text, files) -> matching(SECRET, text).map(Secret::new);
        return new SettingType<>(Secret.class, expectation, "", true, parser, Secret::toString);
    }

    /** Shows as the file's name; its value is what the file holds. */
    static SettingType<SecretFile> secretFile() {
        String expectation =
                "a file that this process can read and that holds 8 to 4096 printable characters without blanks";
        return new SettingType<>(SecretFile.class, expectation, "", false, SettingTypes::readSecret, SecretFile::shown);
    }

    static String written(Duration time) {
        long ms = time.toMillis();
        return ms % 1000 == 0 && ms != 0 ? ms / 1000 + " s" : ms + " ms";
    }

    static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <T> SettingType<T> open(
            Class<T> javaType, String expectation, String unit, Function<String, Optional<T>> parser) {
        return new SettingType<>(
                javaType, expectation, unit, false, (text, files) -> parser.apply(text), String::valueOf);
    }

    private static Optional<Integer> number(String text) {
        return matching(WHOLE_NUMBER, text).map(Integer::valueOf);
    }

    private static Optional<Duration> time(String text, String bareUnit) {
        Matcher match = DURATION.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(match.group(1));
        String unit = match.group(2) == null ? bareUnit : match.group(2);
        return Optional.of(
                switch (unit) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "min" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    default -> throw new IllegalStateException("unit: " + unit + " (expected: ms, s, min or h)");
                });
    }

    private static Optional<String> matching(Pattern pattern, String text) {
        return pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    private static Optional<Path> path(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }

    private static Optional<URI> url(String text) {
        return urlOf(text, List.of("https", "http"))
                .filter(url ->
                        url.getRawQuery() == null && url.getRawFragment() == null && url.getRawUserInfo() == null);
    }

    private static Optional<URI> urlOf(String text, List<String> schemes) {
        try {
            URI url = new URI(text);
            boolean scheme = url.getScheme() != null && schemes.contains(url.getScheme());
            return scheme && url.getHost() != null ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException noUrl) {
            return Optional.empty();
        }
    }

    private static Optional<SecretFile> readSecret(String text, FileAccess files) {
        try {
            Optional<Path> file = path(text);
            if (file.isEmpty()) {
                return Optional.empty();
            }
            String held = files.read(file.get()).strip();
            return matching(SECRET, held).map(secret -> new SecretFile(file.get(), new Secret(secret)));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** A secret and the file that it was read from. */
    record SecretFile(Path file, Secret secret) {
        String shown() {
            return file.toString();
        }
    }
}
