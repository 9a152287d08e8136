package io.steadyline.stt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.stt.vendor.Vendor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtensionsTest {

    private static final String SERVICE = "META-INF/services/" + Vendor.class.getName();

    @TempDir
    @SuppressWarnings("NullAway.Init") // injected
    private Path directory;

    @Test
    void shouldFindNothingInAnEmptyDirectory() throws IOException {
        Files.writeString(directory.resolve("notes.txt"), "no jar");
        assertThat(Extensions.load(directory)).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoDirectory() {
        assertThatThrownBy(() -> Extensions.load(directory.resolve("none")))
                .isInstanceOf(IOException.class)
                .hasMessage("not a directory");
    }

    @Test
    void shouldLoadTheVendorsThatAJarNames() throws IOException {
        jar("vendors.jar", ExampleVendor.class.getName() + "\n");
        List<Vendor> vendors = Extensions.load(directory);
        assertThat(vendors).extracting(Vendor::name).containsExactly("example");
    }

    @Test
    void shouldNameAJarThatCannotBeUsed() throws IOException {
        jar("broken.jar", "no.such.Vendor\n");
        assertThatThrownBy(() -> Extensions.load(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a jar in it cannot be used: ")
                .hasMessageContaining("no.such.Vendor");
    }

    private void jar(String name, String services) throws IOException {
        String type = ExampleVendor.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(directory.resolve(name)));
                InputStream code = ExampleVendor.class.getClassLoader().getResourceAsStream(type)) {
            jar.putNextEntry(new ZipEntry(SERVICE));
            jar.write(services.getBytes(StandardCharsets.UTF_8));
            jar.putNextEntry(new ZipEntry(type));
            if (code != null) {
                code.transferTo(jar);
            }
        }
    }
}
