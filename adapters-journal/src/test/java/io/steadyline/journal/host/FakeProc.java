package io.steadyline.journal.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A {@code /proc} in a temporary directory. The machine started at second 1,000,000, each process 50 s later. */
final class FakeProc {

    private final Path root;

    FakeProc(Path root) throws IOException {
        this.root = Files.createDirectories(root);
        file("stat", "cpu 1 2 3\nbtime 1000000\n");
    }

    void file(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    void process(long pid, long parent, String name, String... argv) throws IOException {
        file(
                pid + "/stat",
                pid + " (" + name + ") S " + parent + " 1 1 0 -1 4194304 1 1 0 0 10 5 0 0 20 0 30 0 5000 1 1\n");
        file(pid + "/cmdline", argv.length == 0 ? "" : String.join("\0", argv) + "\0");
    }

    void socket(long pid, long inode) throws IOException {
        Path descriptors = Files.createDirectories(root.resolve(pid + "/fd"));
        Files.createSymbolicLink(descriptors.resolve("3"), Path.of("socket:[" + inode + "]"));
    }

    HostProcesses processes() {
        return new HostProcesses(root);
    }
}
