package io.steadyline.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.bootstrap.config.LoadOutcome.Loaded;
import io.steadyline.stt.Vendors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The committed pages are the printed ones; {@code -Dsteadyline.docs=write} writes them. */
class SettingsPageTest {

    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void shouldBeTheCommittedPage() throws IOException {
        compare(DOCS.resolve("configuration.md"), SettingsPage.markdown());
    }

    @Test
    void shouldBeTheCommittedPageOfVendors() throws IOException {
        compare(DOCS.resolve("stt-options.md"), VendorPage.markdown(Vendors.all()));
    }

    @Test
    void shouldBeTheCommittedExample() throws IOException {
        compare(DOCS.resolve("steadyline.example.yaml"), SettingsPage.example());
    }

    @Test
    void shouldLoadTheExampleAsTheDefaults() {
        Loaded loaded = (Loaded) new MemoryFiles().load(SettingsPage.example());
        assertThat(loaded.settings()).isEqualTo(((Loaded) new MemoryFiles().loadEnvironment()).settings());
    }

    @Test
    void shouldLoadTheExampleWithEveryDefaultUncommented() {
        String uncommented = SettingsPage.example()
                .lines()
                .map(line -> line.matches("  # [a-z-]+: \\S.*") ? line.replaceFirst("# ", "") : line)
                .collect(Collectors.joining("\n"));
        Loaded loaded = (Loaded) new MemoryFiles().load(uncommented);
        assertThat(loaded.settings()).isEqualTo(((Loaded) new MemoryFiles().loadEnvironment()).settings());
        assertThat(loaded.effective())
                .filteredOn(entry -> entry.setting().hasDefault())
                .allMatch(entry -> entry.origin() instanceof Origin.InFile);
    }

    @Test
    void shouldPlaceEachSettingInADescribedSection() {
        assertThat(Catalogue.all())
                .allSatisfy(setting -> assertThat(Catalogue.sectionHeadings()).containsKey(setting.section()));
        assertThat(Catalogue.all()).extracting(Setting::key).doesNotHaveDuplicates();
        assertThat(Catalogue.all()).extracting(Setting::environment).doesNotHaveDuplicates();
    }

    private static void compare(Path page, String printed) throws IOException {
        if ("write".equals(System.getProperty("steadyline.docs"))) {
            Files.writeString(page, printed);
        }
        assertThat(Files.readString(page))
                .as("%s differs from the catalogue; rewrite it with -Dsteadyline.docs=write", page)
                .isEqualTo(printed);
    }
}
