package io.steadyline.journal.custody;

import java.io.FileDescriptor;
import java.lang.reflect.Constructor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;

/** Channels of Java and numbers of the kernel; by reflection, as there is no public way. */
final class Channels {

    private Channels() {}

    static int descriptor(Channel channel) throws ReflectiveOperationException {
        return (int) Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal").invoke(channel);
    }

    static SocketChannel connection(int descriptor) throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName("sun.nio.ch.SocketChannelImpl")
                .getDeclaredConstructor(
                        SelectorProvider.class, ProtocolFamily.class, FileDescriptor.class, SocketAddress.class);
        constructor.setAccessible(true);
        return (SocketChannel) constructor.newInstance(
                SelectorProvider.provider(),
                StandardProtocolFamily.INET,
                fileDescriptor(descriptor),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    static ServerSocketChannel listener(int descriptor) throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName("sun.nio.ch.ServerSocketChannelImpl")
                .getDeclaredConstructor(
                        SelectorProvider.class, ProtocolFamily.class, FileDescriptor.class, boolean.class);
        constructor.setAccessible(true);
        return (ServerSocketChannel) constructor.newInstance(
                SelectorProvider.provider(), StandardProtocolFamily.INET, fileDescriptor(descriptor), true);
    }

    private static FileDescriptor fileDescriptor(int number) throws ReflectiveOperationException {
        Constructor<FileDescriptor> constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
        constructor.setAccessible(true);
        return constructor.newInstance(number);
    }
}
