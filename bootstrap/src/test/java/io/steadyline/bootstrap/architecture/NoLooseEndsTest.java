package io.steadyline.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words are put together from parts, so that this file is not among what it finds. */
class NoLooseEndsTest {

    private static final Pattern LOOSE_ENDS = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b|@Dis"
            + "abled\\b|Unsupported" + "OperationException|printStack" + "Trace");

    /** Directories of one machine or one person. */
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.}*])/(ro" + "ot|wo" + "rk|Us" + "ers|ho" + "me/\\w+)/\\w");

    private static final Pattern ADDRESS = Pattern.compile("https?://[^\"'<\\s]+");
    private static final Set<String> SCHEMAS = Set.of(
            "http://maven.apache.org/POM/4.0.0",
            "https://maven.apache.org/xsd/maven-4.0.0.xsd",
            "http://www.w3.org/2001/XMLSchema-instance");

    private static final Set<String> TEXT = Set.of(
            "java", "xml", "md", "yaml", "yml", "sh", "proto", "json", "properties", "py", "js", "ts", "toml", "run");

    @Test
    void shouldBeInNoJavaFile() {
        List<Path> files = Repository.javaFiles();
        // The offenders of the architecture rules do on purpose what nobody else may.
        files.removeIf(file -> Repository.shortPath(file).contains("/offenders/"));
        assertThat(found(files, LOOSE_ENDS)).isEmpty();
    }

    @Test
    void shouldNotPointIntoOneMachine() {
        assertThat(found(Repository.files(NoLooseEndsTest::isText), MACHINE_PATH))
                .isEmpty();
    }

    @Test
    void shouldNotSendABuildToAnAddress() {
        List<String> addresses =
                found(Repository.files(file -> Repository.name(file).equals("pom.xml")), ADDRESS);
        addresses.removeIf(found -> SCHEMAS.contains(found.substring(found.indexOf(": ") + 2)));
        assertThat(addresses)
                .as("what a build needs comes from where its machine says")
                .isEmpty();
    }

    @Test
    void shouldNotPinADownloadAddressInALockFile() {
        List<Path> locks = Repository.files(file -> Repository.name(file).equals("package-lock.json"));
        assertThat(found(locks, Pattern.compile("\"resolved\""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"// TO_DO later", "@Dis_abled", "new Unsupported_OperationException()", "e.printStack_Trace()"})
    void shouldBeFound(String text) {
        assertThat(LOOSE_ENDS.matcher(text.replace("_", "")).find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cp /ro_ot/x", "\"/wo_rk/main\"", "/ho_me/me/x"})
    void shouldBeFoundInAPath(String text) {
        assertThat(MACHINE_PATH.matcher(text.replace("_", "")).find()).isTrue();
    }

    private static List<String> found(List<Path> files, Pattern pattern) {
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            Matcher matcher = pattern.matcher(Repository.text(file));
            while (matcher.find()) {
                found.add(Repository.shortPath(file) + ": " + matcher.group());
            }
        }
        return found;
    }

    private static boolean isText(Path file) {
        String name = Repository.name(file).toLowerCase(Locale.ROOT);
        return TEXT.contains(name.substring(name.lastIndexOf('.') + 1));
    }
}
