package io.steadyline.bootstrap.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {

    @ParameterizedTest
    @EnumSource(Fault.class)
    void shouldBeFoundByItsLabel(Fault fault) {
        assertThat(Fault.byLabel(fault.label())).contains(fault);
        assertThat(fault.what()).isNotBlank();
    }

    @Test
    void shouldBeNamedAsOnTheCommandLine() {
        assertThat(Fault.STT_STALL.label()).isEqualTo("stt-stall");
        assertThat(Fault.PACER_STALL.label()).isEqualTo("pacer-stall");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "STT_STALL", "stt_stall", "stall"})
    void shouldNotBeGuessed(String label) {
        assertThat(Fault.byLabel(label)).isEmpty();
    }
}
