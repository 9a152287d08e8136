package io.steadyline.bootstrap.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MishapTest {

    @Test
    void shouldBeNamedByTheVariable() {
        assertThat(Mishap.of(Map.of(Mishap.VARIABLE, "gc-pause"))).contains(Mishap.GC_PAUSE);
        assertThat(Mishap.of(Map.of())).isEmpty();
        assertThat(Mishap.of(Map.of(Mishap.VARIABLE, " "))).isEmpty();
    }

    /** The variable names both kinds. */
    @ParameterizedTest
    @EnumSource(Fault.class)
    void shouldLeaveAFaultOfAPartToThatPart(Fault fault) {
        assertThat(Mishap.of(Map.of(Mishap.VARIABLE, fault.label()))).isEmpty();
    }

    @Test
    void shouldNotBeGuessed() {
        assertThatThrownBy(() -> Mishap.of(Map.of(Mishap.VARIABLE, "flood")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
