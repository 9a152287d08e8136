package io.steadyline.bootstrap;

import java.util.Objects;

/** Entry of the process. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        Package self = Main.class.getPackage();
        System.out.println("steadyline " + Objects.requireNonNullElse(self.getImplementationVersion(), "unpackaged"));
    }
}
