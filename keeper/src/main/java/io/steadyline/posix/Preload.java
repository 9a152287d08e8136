package io.steadyline.posix;

/**
 * Links the functions by which a worker gets its sockets from a keeper or systemd. That takes a tenth of a second, in which another
 * thread can do something else.
 */
public final class Preload {

    private Preload() {}

    /**
     * Any thread; returns when they are linked.
     *
     * @throws LinkageError the system has no such functions; whoever uses them meets the same
     * @throws IllegalCallerException native access is not allowed; as above
     */
    public static void run() {
        Sockets.link();
        Descriptors.link();
        Processes.link();
        TcpInfo.link();
    }
}
