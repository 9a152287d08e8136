package io.steadyline.benchmarks.paced;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What Linux, and the JDK's tools, say about a process of this machine. */
public record ProcessView(long pid) {

    /** What lives in the heap of a Java process after a full collection, in KiB; the collection stays done. */
    public long liveHeapKib() throws IOException, InterruptedException {
        jcmd("GC.run");
        jcmd("GC.run");
        return jcmd("GC.heap_info")
                .lines()
                .filter(line -> line.contains("used") && line.contains("heap"))
                .map(line -> line.replaceAll(".*used (\\d+)K.*", "$1"))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new IOException("jcmd GC.heap_info of process " + pid + " names no used heap"));
    }

    private String jcmd(String what) throws IOException, InterruptedException {
        String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process asked = new ProcessBuilder(tool, String.valueOf(pid), what)
                .redirectErrorStream(true)
                .start();
        String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (asked.waitFor() != 0) {
            throw new IOException("jcmd " + what + ": " + said.strip());
        }
        return said;
    }

    /** Memory that is in RAM. */
    public long residentKib() throws IOException {
        return sum("smaps_rollup", "Rss:");
    }

    public int threads() throws IOException {
        return (int) sum("status", "Threads:");
    }

    /** Open ones. */
    public int descriptors() throws IOException {
        try (Stream<Path> open = Files.list(directory().resolve("fd"))) {
            return (int) open.count();
        }
    }

    private long sum(String file, String field) throws IOException {
        try (Stream<String> lines = Files.lines(directory().resolve(file))) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }
    }

    private Path directory() {
        return Path.of("/proc", String.valueOf(pid));
    }
}
