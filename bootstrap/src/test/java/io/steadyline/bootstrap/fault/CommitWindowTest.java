package io.steadyline.bootstrap.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.port.CallSlot;
import io.steadyline.port.CallSlots;
import io.steadyline.port.NoSlot;
import io.steadyline.restart.SlotSnapshot;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Until it is armed, which ends the process. */
class CommitWindowTest {

    @TempDir
    private Path directory;

    private final NoSlot real = new NoSlot();

    @Test
    void shouldBeThePageItselfUntilItIsArmed() {
        CallSlot slot = CommitWindow.around(new OnePage(), directory.resolve("fault.now"))
                .acquire();
        slot.frameIn(1);
        slot.commit();
        assertThat(slot.rxRing()).isSameAs(real.rxRing());
        assertThat(slot.txMessage()).isSameAs(real.txMessage());
        assertThat(slot.index()).isEqualTo(real.index());
    }

    private final class OnePage implements CallSlots {

        @Override
        public CallSlot acquire() {
            return real;
        }

        @Override
        public CallSlot adopt(SlotSnapshot left) {
            return real;
        }
    }
}
