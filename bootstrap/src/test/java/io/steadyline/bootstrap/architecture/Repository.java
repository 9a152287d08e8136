package io.steadyline.bootstrap.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The source tree, without what is built, downloaded or written at run time. */
final class Repository {

    private static final Set<String> NOT_SOURCE =
            Set.of("target", "node_modules", "data", "__pycache__", ".git", ".idea", ".venv", "venv", ".mvn");

    private Repository() {}

    /** Maven runs a module's tests in the module's directory, an IDE maybe in the root. */
    static Path root() {
        Path at = Path.of("").toAbsolutePath();
        for (Path here = at; here != null; here = here.getParent()) {
            if (Files.isRegularFile(here.resolve("bootstrap/pom.xml"))) {
                return here;
            }
        }
        throw new IllegalStateException("working directory: " + at + " (expected: inside the repository)");
    }

    static List<Path> files(Predicate<Path> wanted) {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(root(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return NOT_SOURCE.contains(directory.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile() && wanted.test(file)) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return files;
    }

    static List<Path> javaFiles() {
        return files(file -> name(file).endsWith(".java"));
    }

    static String name(Path file) {
        return file.getFileName().toString();
    }

    /** As a reader writes it: from the root, with slashes. */
    static String shortPath(Path file) {
        return root().relativize(file).toString().replace('\\', '/');
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }
}
