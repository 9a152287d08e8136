package io.steadyline.stt;

import io.steadyline.stt.vendor.Vendor;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;

/**
 * Vendors that somebody else has written: jars in one directory, each naming its vendors in
 * {@code META-INF/services/io.steadyline.stt.vendor.Vendor}. They are code of this process, with all that it may do.
 */
public final class Extensions {

    private Extensions() {}

    /**
     * Loads all jars of the directory, in the order of their names, for as long as the process lives.
     *
     * @throws IOException with a sentence about what is wrong with the directory or a jar
     */
    public static List<Vendor> load(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException("not a directory");
        }
        List<URL> jars = jarsOf(directory);
        if (jars.isEmpty()) {
            return List.of();
        }
        // Never closed: its classes are loaded one by one, whenever a call first needs them.
        URLClassLoader loader =
                new URLClassLoader("stt-extensions", jars.toArray(URL[]::new), Vendor.class.getClassLoader());
        try {
            List<Vendor> found = new ArrayList<>();
            ServiceLoader.load(Vendor.class, loader).forEach(found::add);
            return List.copyOf(found);
        } catch (ServiceConfigurationError | LinkageError broken) {
            throw new IOException("a jar in it cannot be used: " + broken.getMessage(), broken);
        }
    }

    private static List<URL> jarsOf(Path directory) throws IOException {
        TreeSet<Path> jars = new TreeSet<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.jar")) {
            found.forEach(jars::add);
        }
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            urls.add(jar.toUri().toURL());
        }
        return urls;
    }
}
