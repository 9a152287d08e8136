package io.steadyline.stt;

import io.steadyline.stt.vendor.Vendor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A jar of {@link Extensions}, as far as it can be looked at before a call needs it.
 *
 * @param classes names of all its classes
 */
record ExtensionJar(Path file, boolean namesVendors, List<String> classes) {

    private static final String SERVICE = "META-INF/services/" + Vendor.class.getName();
    private static final String CLASS = ".class";

    /** @throws IOException with a sentence that names the file */
    static ExtensionJar read(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<String> classes = zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(CLASS) && !name.startsWith("META-INF/"))
                    .map(name ->
                            name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
                    .toList();
            return new ExtensionJar(file, zip.getEntry(SERVICE) != null, classes);
        } catch (ZipException damaged) {
            throw new IOException(
                    file.getFileName() + " is damaged, or no jar in spite of its name: " + damaged.getMessage(),
                    damaged);
        }
    }

    String name() {
        return file.getFileName().toString();
    }

    /**
     * What the classes beside a vendor's own need and nobody has: a jar that was built without its library is told by that.
     * Nothing is initialised, so no native code is loaded.
     */
    Optional<String> missingFor(Class<?> vendor, ClassLoader loader) {
        String ofPackage = vendor.getPackageName() + '.';
        return classes.stream()
                .filter(name -> name.startsWith(ofPackage) && name.indexOf('.', ofPackage.length()) < 0)
                .flatMap(name -> missing(name, loader).stream())
                .findFirst();
    }

    private Optional<String> missing(String name, ClassLoader loader) {
        try {
            Class<?> found = Class.forName(name, false, loader);
            // Asked for alone: that resolves what the members are made of.
            var _ = found.getDeclaredFields();
            var _ = found.getDeclaredMethods();
            return Optional.empty();
        } catch (ClassNotFoundException | LinkageError missing) {
            return Optional.of(name() + ": class " + name + " does not load: " + missing);
        }
    }
}
