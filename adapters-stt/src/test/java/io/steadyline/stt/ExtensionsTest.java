package io.steadyline.stt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.stt.vendor.Vendor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Files.writeString(directory.resolve(".hidden"), "somebody else's");
        Extensions.Found found = Extensions.load(directory);
        assertThat(found.vendors()).isEmpty();
        assertThat(found.remarks()).containsExactly("notes.txt is no jar, and is not read", "no jar in it");
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
        Extensions.Found found = Extensions.load(directory);
        assertThat(found.vendors()).extracting(Vendor::name).containsExactly("example");
        assertThat(found.incomplete()).isEmpty();
        assertThat(found.remarks()).isEmpty();
    }

    @Test
    void shouldSayThatAJarNamesNoVendor() throws IOException {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(directory.resolve("library.jar")))) {
            jar.putNextEntry(new ZipEntry("notes.txt"));
        }
        Extensions.Found found = Extensions.load(directory);
        assertThat(found.vendors()).isEmpty();
        assertThat(found.remarks())
                .containsExactly("library.jar names no vendor: it is of use only if another jar needs it");
    }

    @Test
    void shouldRefuseAFileThatIsAJarByItsNameAlone() throws IOException {
        Files.writeString(directory.resolve("page.jar"), "<html>");
        assertThatThrownBy(() -> Extensions.load(directory))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("page.jar is damaged, or no jar in spite of its name: ");
    }

    /** The vendor itself loads; what it is made of is in a library that is not there. */
    @Test
    void shouldTellAVendorWhoseLibraryIsNotThere() throws IOException {
        ClassFile classes = ClassFile.of();
        ClassDesc library = ClassDesc.of("no.such.Library");
        byte[] user = classes.build(
                ClassDesc.of(ExampleVendor.class.getPackageName(), "ExampleSession"),
                code -> code.withField("library", library, ClassFile.ACC_PRIVATE));
        jar("thin.jar", ExampleVendor.class.getName() + "\n", "io/steadyline/stt/ExampleSession.class", user);
        Extensions.Found found = Extensions.load(directory);
        assertThat(found.incomplete()).containsOnlyKeys("example");
        assertThat(found.incomplete().get("example"))
                .startsWith("thin.jar: class io.steadyline.stt.ExampleSession does not load: ")
                .contains("no/such/Library");
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
        jar(name, services, "notes.txt", new byte[0]);
    }

    private void jar(String name, String services, String another, byte[] content) throws IOException {
        String type = ExampleVendor.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(directory.resolve(name)));
                InputStream code = ExampleVendor.class.getClassLoader().getResourceAsStream(type)) {
            jar.putNextEntry(new ZipEntry(SERVICE));
            jar.write(services.getBytes(StandardCharsets.UTF_8));
            jar.putNextEntry(new ZipEntry(type));
            if (code != null) {
                code.transferTo(jar);
            }
            jar.putNextEntry(new ZipEntry(another));
            jar.write(content);
        }
    }
}
