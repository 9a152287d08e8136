package io.steadyline.keeper;

import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/**
 * Takes signals that would end this process. By reflection on {@code sun.misc.Signal}, which module jdk.unsupported exports
 * and keeps: the compiler warns of a direct use, and the other way, a mask that each thread inherits, would need a
 * launcher in front of the Java machine.
 */
public final class ProcessSignals {

    private ProcessSignals() {}

    /**
     * From now on the handler gets the number of each of these signals, each time that it comes, on a new thread. A signal
     * that was ignored at the start of the process (nohup) stays ignored.
     *
     * @param names without SIG
     */
    @SuppressWarnings("ReferenceEquality") // identity is what equals means for a proxy
    public static void handle(IntConsumer handler, String... names) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    handlerType.getClassLoader(), new Class<?>[] {handlerType}, (self, method, arguments) -> {
                        return switch (method.getName()) {
                            case "handle" -> {
                                handler.accept(
                                        (int) signalType.getMethod("getNumber").invoke(arguments[0]));
                                yield null;
                            }
                            case "equals" -> self == arguments[0];
                            case "hashCode" -> System.identityHashCode(self);
                            default -> "signals of the process";
                        };
                    });
            for (String name : names) {
                Object signal = signalType.getConstructor(String.class).newInstance(name);
                signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, proxy);
            }
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException(
                    "sun.misc.Signal (expected: in this Java, module jdk.unsupported)", missing);
        }
    }
}
