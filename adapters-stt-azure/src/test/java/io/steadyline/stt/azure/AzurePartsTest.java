package io.steadyline.stt.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AzurePartsTest {

    private final AzureParts parts = new AzureParts();
    private final List<String> closed = new ArrayList<>();

    private void add(String name) {
        parts.add(() -> closed.add(name));
    }

    /** Its configuration and its stream were held until the process ended, with each call that was refused. */
    @Test
    void shouldHoldNothingWhenNativeCodeIsMissingHalfWay() {
        assertThatThrownBy(() -> parts.orNone(() -> {
                    add("config");
                    add("stream");
                    throw new UnsatisfiedLinkError("no recogniser");
                }))
                .isInstanceOf(UnsatisfiedLinkError.class)
                .hasMessage("no recogniser");

        assertThat(closed).containsExactly("stream", "config");
    }

    @Test
    void shouldSayWhatWentWrongFirst() {
        add("config");
        parts.add(() -> {
            throw new IllegalStateException("still busy");
        });

        assertThatThrownBy(() -> parts.orNone(() -> {
                    throw new IllegalArgumentException("Invalid argument");
                }))
                .hasMessage("Invalid argument")
                .satisfies(failed -> assertThat(failed.getSuppressed()).hasSize(1));
        assertThat(closed).containsExactly("config");
    }

    @Test
    void shouldCloseTheOthersOfAPartWhoseNativeCodeIsMissing() {
        add("config");
        parts.add(() -> {
            throw new NoClassDefFoundError("no stream");
        });
        add("recogniser");

        assertThatThrownBy(parts::close).hasMessage("a part of the SDK cannot be closed");
        assertThat(closed).containsExactly("recogniser", "config");
    }

    @Test
    void shouldCloseEachPartOnce() {
        add("config");
        parts.close();
        parts.close();

        assertThat(closed).containsExactly("config");
    }
}
