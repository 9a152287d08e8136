package io.steadyline.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceFormatTest {

    private static final String MEND =
            "mvn -pl bootstrap -am test -Dtest=SourceFormatTest -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dsteadyline.format=write";

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    @Test
    void shouldBeThatOfPalantirInEveryJavaFile() {
        List<Path> files = Repository.javaFiles();
        assertThat(files).hasSizeGreaterThan(100);
        List<String> off = files.parallelStream()
                .filter(this::isOff)
                .map(Repository::shortPath)
                .sorted()
                .toList();
        assertThat(off).as("not formatted; %s does it", MEND).isEmpty();
    }

    @Test
    void shouldBeMissedInAnUglyFile() throws FormatterException {
        assertThat(formatted("class  Ugly{int x ;}")).isEqualTo("class Ugly {\n    int x;\n}\n");
    }

    private boolean isOff(Path file) {
        String source = Repository.text(file);
        try {
            String formatted = formatted(source);
            if (formatted.equals(source)) {
                return false;
            }
            if ("write".equals(System.getProperty("steadyline.format"))) {
                Files.writeString(file, formatted);
                return false;
            }
            return true;
        } catch (FormatterException unreadable) {
            throw new IllegalStateException("cannot parse " + file, unreadable);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("cannot write " + file, unwritable);
        }
    }

    private String formatted(String source) throws FormatterException {
        return formatter.formatSourceAndFixImports(source);
    }
}
