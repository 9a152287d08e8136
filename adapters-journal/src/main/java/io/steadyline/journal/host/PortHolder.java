package io.steadyline.journal.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Says who has a TCP port that we could not get: from the port to the socket's inode by {@code /proc/net/tcp}, from there
 * to the process by the descriptors of all. Reads only, for a second at most. Any thread.
 */
public final class PortHolder {

    /** 59 ms for 78 processes were measured; a host with thousands gets an answer without a name. */
    private static final Duration BOUND = Duration.ofSeconds(1);

    private static final String LISTEN = "0A";

    private final HostProcesses processes;
    private final long boundNs;

    public PortHolder() {
        this(new HostProcesses(), BOUND);
    }

    PortHolder(HostProcesses processes, Duration bound) {
        this.processes = processes;
        this.boundNs = bound.toNanos();
    }

    /** A line of the kernel's table. Inode 0: nobody's any more, as in TIME_WAIT. */
    private record Socket(String state, String uid, String inode) {}

    /** Empty: nobody in this network namespace has the port, as far as can be seen. */
    public Optional<String> explain(int port) {
        List<Socket> all = new ArrayList<>();
        all.addAll(socketsOf(port, "net/tcp"));
        all.addAll(socketsOf(port, "net/tcp6"));
        List<Socket> listeners =
                all.stream().filter(socket -> socket.state().equals(LISTEN)).toList();
        // Without a listener it can still be the near end of a connection, which takes the port just as well.
        List<Socket> owned = (listeners.isEmpty() ? all : listeners)
                .stream().filter(socket -> !socket.inode().equals("0")).toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        if (owned.isEmpty()) {
            return Optional.of("port " + port + " is held by closed connections that the kernel has not forgotten yet");
        }
        return Optional.of("port " + port + " is held by " + holders(owned)
                + (listeners.isEmpty() ? "; it does not listen there, it is the near end of a connection" : ""));
    }

    private String holders(List<Socket> sockets) {
        Set<String> links = sockets.stream()
                .map(socket -> "socket:[" + socket.inode() + "]")
                .collect(Collectors.toSet());
        String uids = sockets.stream().map(Socket::uid).distinct().collect(Collectors.joining(", "));
        long endNs = System.nanoTime() + boundNs;
        Set<Long> found = new TreeSet<>();
        boolean hidden = false;
        for (long pid : processes.pids()) {
            if (System.nanoTime() - endNs > 0) {
                return found.isEmpty()
                        ? "a process of user id " + uids + " that was not found within " + boundNs / 1_000_000 + " ms"
                        : describe(found);
            }
            switch (look(pid, links)) {
                case HOLDS -> found.add(pid);
                case HIDDEN -> hidden = true;
                case ELSEWHERE -> {
                    // The next one.
                }
            }
        }
        if (!found.isEmpty()) {
            return describe(found);
        }
        return "a process of user id " + uids
                + (hidden
                        ? ", which cannot be looked into without its rights; ask ss -ltnp as root"
                        : ", which cannot be seen from here (another container?)");
    }

    private enum Look {
        HOLDS,
        ELSEWHERE,
        HIDDEN
    }

    private Look look(long pid, Set<String> links) {
        Path descriptors = processes.proc().resolve(Long.toString(pid)).resolve("fd");
        if (!Files.isReadable(descriptors)) {
            return Files.exists(descriptors) ? Look.HIDDEN : Look.ELSEWHERE;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(descriptors)) {
            for (Path descriptor : entries) {
                if (links.contains(linkOf(descriptor))) {
                    return Look.HOLDS;
                }
            }
            return Look.ELSEWHERE;
        } catch (IOException | RuntimeException goneOrForbidden) {
            return Files.exists(descriptors) ? Look.HIDDEN : Look.ELSEWHERE;
        }
    }

    private static String linkOf(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException | RuntimeException closedMeanwhile) {
            return "";
        }
    }

    /** Of processes that share the socket, the oldest number first: children come after. */
    private String describe(Set<Long> pids) {
        String first = pids.stream().limit(3).map(this::describe).collect(Collectors.joining(" and "));
        return pids.size() > 3 ? first + " and " + (pids.size() - 3) + " more" : first;
    }

    private String describe(long pid) {
        if (pid == ProcessHandle.current().pid()) {
            return "this process itself (pid " + pid + ")";
        }
        return processes
                .find(pid)
                .map(holder -> {
                    String chain = HostProcesses.childOf(HostProcesses.names(processes.parents(pid)));
                    return "pid " + pid + " (" + holder.commandLine() + ", started "
                            + Shown.moment(holder.startedAt())
                            + holder.cwd()
                                    .map(cwd -> ", cwd " + Shown.text(cwd))
                                    .orElse("")
                            + (chain.isEmpty() ? "" : ", " + chain) + ")";
                })
                .orElse("pid " + pid + ", which has just ended");
    }

    private List<Socket> socketsOf(int port, String table) {
        try {
            String end = ":%04X".formatted(port);
            return Files.readAllLines(processes.proc().resolve(table), StandardCharsets.ISO_8859_1).stream()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(words -> words.length > 9 && words[1].endsWith(end))
                    .map(words -> new Socket(words[3], words[7], words[9]))
                    .toList();
        } catch (IOException | RuntimeException unreadable) {
            return List.of();
        }
    }
}
