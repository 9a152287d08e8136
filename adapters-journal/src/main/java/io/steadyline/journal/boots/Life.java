package io.steadyline.journal.boots;

import io.steadyline.restart.BootIdentity;
import io.steadyline.restart.Evidence;
import java.nio.file.Path;
import java.util.List;

/**
 * The notes that a boot left, as read by a later one.
 *
 * @param file where they are
 * @param boot from the first line; of a damaged one, what the file's name says
 * @param notes in the order of writing; each line that cannot be read is one {@link Evidence.Missing}
 */
public record Life(Path file, BootIdentity boot, List<Evidence> notes) {

    public Life {
        notes = List.copyOf(notes);
    }
}
