package io.steadyline.stt;

import io.steadyline.stt.vendor.Vendor;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;

/**
 * Vendors that somebody else has written: jars in one directory, each naming its vendors in
 * {@code META-INF/services/io.steadyline.stt.vendor.Vendor}. They are code of this process, with all that it may do.
 */
public final class Extensions {

    private static final String JAR = ".jar";

    /**
     * What a directory has.
     *
     * @param incomplete names of vendors that cannot work, each with the reason: a class that is in none of the jars
     * @param remarks what is there in vain, in sentences
     */
    public record Found(List<Vendor> vendors, Map<String, String> incomplete, List<String> remarks) {
        public Found {
            vendors = List.copyOf(vendors);
            incomplete = Map.copyOf(incomplete);
            remarks = List.copyOf(remarks);
        }
    }

    private Extensions() {}

    /**
     * Loads all jars of the directory, in the order of their names, for as long as the process lives.
     *
     * @throws IOException with a sentence about what is wrong with the directory or a jar
     */
    public static Found load(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException("not a directory");
        }
        List<String> remarks = new ArrayList<>();
        List<ExtensionJar> jars = jarsOf(directory, remarks);
        if (jars.isEmpty()) {
            remarks.add("no jar in it");
            return new Found(List.of(), Map.of(), remarks);
        }
        List<URL> urls = new ArrayList<>();
        for (ExtensionJar jar : jars) {
            urls.add(jar.file().toUri().toURL());
            if (!jar.namesVendors()) {
                remarks.add(jar.name() + " names no vendor: it is of use only if another jar needs it");
            }
        }
        // Never closed: its classes are loaded one by one, whenever a call first needs them.
        URLClassLoader loader =
                new URLClassLoader("stt-extensions", urls.toArray(URL[]::new), Vendor.class.getClassLoader());
        List<Vendor> vendors = new ArrayList<>();
        try {
            ServiceLoader.load(Vendor.class, loader).forEach(vendors::add);
        } catch (ServiceConfigurationError | LinkageError broken) {
            throw new IOException("a jar in it cannot be used: " + reason(broken), broken);
        }
        return new Found(vendors, incomplete(vendors, jars, loader), remarks);
    }

    private static Map<String, String> incomplete(List<Vendor> vendors, List<ExtensionJar> jars, ClassLoader loader) {
        Map<String, String> incomplete = new LinkedHashMap<>();
        for (Vendor vendor : vendors) {
            for (ExtensionJar jar : jars) {
                jar.missingFor(vendor.getClass(), loader)
                        .ifPresent(missing -> incomplete.putIfAbsent(vendor.name(), missing));
            }
        }
        return incomplete;
    }

    /** An error that a class is missing says its name alone; the one around it says who wanted it. */
    private static String reason(Throwable broken) {
        Throwable cause = broken.getCause();
        return cause == null ? String.valueOf(broken.getMessage()) : broken.getMessage() + ": " + cause;
    }

    /** Hidden files are left alone: they belong to whoever mounts or edits the directory. */
    private static List<ExtensionJar> jarsOf(Path directory, List<String> remarks) throws IOException {
        TreeSet<Path> all = new TreeSet<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory)) {
            found.forEach(all::add);
        }
        List<ExtensionJar> jars = new ArrayList<>();
        for (Path file : all) {
            String name = file.getFileName().toString();
            if (name.startsWith(".")) {
                continue;
            }
            if (name.endsWith(JAR)) {
                jars.add(ExtensionJar.read(file));
            } else {
                remarks.add(name + " is no jar, and is not read");
            }
        }
        return jars;
    }
}
