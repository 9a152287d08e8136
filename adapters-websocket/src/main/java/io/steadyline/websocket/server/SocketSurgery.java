package io.steadyline.websocket.server;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;

/**
 * From a socket to its descriptor and back: the one place that uses what neither the JDK nor XNIO has a public way for.
 * Without it calls still run, but none outlives its worker; {@link #check} says so at start. Needs {@code --add-opens} of
 * {@code java.base/sun.nio.ch} and {@code java.base/java.io}, which the jar's manifest has.
 */
final class SocketSurgery {

    private static final String XNIO = "org.xnio.nio.";

    private final Method descriptorValue;
    private final Constructor<FileDescriptor> newDescriptor;
    private final Constructor<?> newSocket;
    private final Constructor<?> newListener;
    private final Method register;
    private final Constructor<?> newConnection;
    private final Method channelOf;
    private final Method conduitOf;
    private final AtomicInteger open = new AtomicInteger();
    /** One for all connections: XNIO calls it once for each, when its socket has been closed. */
    private final Object onClosed;

    private SocketSurgery() throws ReflectiveOperationException {
        Class<?> channel = Class.forName("sun.nio.ch.SelChImpl");
        descriptorValue = opened(channel.getDeclaredMethod("getFDVal"));
        newDescriptor = FileDescriptor.class.getDeclaredConstructor(int.class);
        newDescriptor.setAccessible(true);
        newSocket = opened(Class.forName("sun.nio.ch.SocketChannelImpl")
                .getDeclaredConstructor(
                        SelectorProvider.class, ProtocolFamily.class, FileDescriptor.class, SocketAddress.class));
        newListener = opened(Class.forName("sun.nio.ch.ServerSocketChannelImpl")
                .getDeclaredConstructor(
                        SelectorProvider.class, ProtocolFamily.class, FileDescriptor.class, boolean.class));
        Class<?> thread = Class.forName(XNIO + "WorkerThread");
        Class<?> connection = Class.forName(XNIO + "NioSocketStreamConnection");
        register = opened(thread.getDeclaredMethod("registerChannel", AbstractSelectableChannel.class));
        Class<?> closed = Class.forName(XNIO + "ChannelClosed");
        newConnection = opened(connection.getDeclaredConstructor(thread, SelectionKey.class, closed));
        channelOf = opened(connection.getDeclaredMethod("getChannel"));
        conduitOf = opened(connection.getDeclaredMethod("getConduit"));
        onClosed = Proxy.newProxyInstance(closed.getClassLoader(), new Class<?>[] {closed}, this::onClosed);
    }

    /** Ready to use, or why it is not, in words. */
    record Check(Optional<SocketSurgery> surgery, String whyNot) {}

    /** Tries everything on a socket pair of its own; at start, before anything depends on it. */
    static Check check(XnioIoThread thread) {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            SocketSurgery surgery = new SocketSurgery();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
            if (surgery.descriptorOf(listener) < 0) {
                return new Check(Optional.empty(), "a listener without a descriptor");
            }
            return new Check(Optional.of(surgery), "");
        } catch (ReflectiveOperationException | RuntimeException | IOException unusable) {
            // InaccessibleObjectException when the packages are not opened.
            return new Check(
                    Optional.empty(),
                    "this Java or XNIO does not let a socket be taken over: "
                            + unusable.getClass().getSimpleName() + " " + unusable.getMessage());
        }
    }

    int descriptorOf(StreamConnection connection) {
        return descriptorOf((AbstractSelectableChannel) call(channelOf, connection));
    }

    int descriptorOf(AbstractSelectableChannel channel) {
        return (int) call(descriptorValue, channel);
    }

    /** The listening socket behind a descriptor, which it owns from now on. */
    ServerSocketChannel listener(int descriptor) {
        return (ServerSocketChannel)
                create(newListener, SelectorProvider.provider(), family(), descriptor(descriptor), true);
    }

    /** The connected socket behind a descriptor, served by this thread, which must be the caller. */
    StreamConnection connection(int descriptor, XnioIoThread thread) throws IOException {
        SocketAddress unknownPeer = new InetSocketAddress(0);
        SocketChannel channel = (SocketChannel)
                create(newSocket, SelectorProvider.provider(), family(), descriptor(descriptor), unknownPeer);
        return connection(channel, thread);
    }

    /** The same for a channel that was accepted by ourselves. */
    StreamConnection connection(SocketChannel channel, XnioIoThread thread) throws IOException {
        channel.configureBlocking(false);
        SelectionKey key = (SelectionKey) call(register, thread, channel);
        StreamConnection connection = (StreamConnection) create(newConnection, thread, key, onClosed);
        key.attach(call(conduitOf, connection));
        open.incrementAndGet();
        return connection;
    }

    /** XNIO's interface for it is not among what this is compiled with. */
    private @Nullable Object onClosed(Object proxy, Method method, Object @Nullable [] arguments) {
        if (method.getDeclaringClass() == Object.class) {
            throw new IllegalStateException(method + " (expected: nothing but XNIO's own call)");
        }
        open.decrementAndGet();
        return null;
    }

    /** Connections that were made here and have not been closed; any thread. */
    int openConnections() {
        return open.get();
    }

    private FileDescriptor descriptor(int value) {
        return (FileDescriptor) create(newDescriptor, value);
    }

    private static ProtocolFamily family() {
        return StandardProtocolFamily.INET;
    }

    private static Method opened(Method method) {
        method.setAccessible(true);
        return method;
    }

    private static Constructor<?> opened(Constructor<?> constructor) {
        constructor.setAccessible(true);
        return constructor;
    }

    private static Object call(Method method, Object on, Object... arguments) {
        try {
            return method.invoke(on, arguments);
        } catch (ReflectiveOperationException failure) {
            throw failed(method.getName(), failure);
        }
    }

    private static Object create(Constructor<?> constructor, @Nullable Object... arguments) {
        try {
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException failure) {
            throw failed(constructor.getName(), failure);
        }
    }

    private static IllegalStateException failed(String what, ReflectiveOperationException failure) {
        Throwable cause = failure instanceof InvocationTargetException thrown ? thrown.getCause() : failure;
        return new IllegalStateException("socket surgery: " + what + " failed: " + cause, cause);
    }
}
