package io.steadyline.bootstrap.config;

import java.nio.file.Path;

/** Where a value comes from. {@code toString} is what the operator reads. */
public sealed interface Origin {

    /** Nobody said otherwise. */
    record Default() implements Origin {
        @Override
        public String toString() {
            return "default";
        }
    }

    /** @param name of the variable */
    record Environment(String name) implements Origin {
        @Override
        public String toString() {
            return "environment " + name;
        }
    }

    /** @param line from 1; 0 for the file as a whole */
    record InFile(Path file, int line) implements Origin {
        @Override
        public String toString() {
            return line == 0 ? file.toString() : file + ":" + line;
        }
    }
}
