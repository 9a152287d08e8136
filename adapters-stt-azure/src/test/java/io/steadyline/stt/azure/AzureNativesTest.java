package io.steadyline.stt.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the SDK's tests are skipped on this machine. */
class AzureNativesTest {

    @Test
    void shouldTestWhatIsReady() {
        assertThat(Natives.problem("ready 1")).isEmpty();
    }

    @Test
    void shouldSkipWhereTheNativeCodeDoesNotLoad() {
        String why = String.valueOf(AzureFailures.notLoaded(new UnsatisfiedLinkError("libuuid.so.1"))
                .getMessage());

        assertThat(Natives.problem("refused 0 " + why)).contains("refused 0 " + why);
    }

    @Test
    void shouldSkipWithoutLibssl() {
        assertThat(Natives.problem("canceled with ConnectionFailure Failed to initialize platform (azure-c-shared)"))
                .isPresent();
    }

    /** Any refusal had skipped them all, such as that of an option which the SDK does not know any more. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "refused 0 Invalid argument exception: EndpointId",
                "broken start: not done (expected: within 5 s)",
                "canceled with AuthenticationFailure WebSocket upgrade failed",
                ""
            })
    void shouldNotSkipWhatIsWrongOtherwise(String said) {
        assertThatThrownBy(() -> Natives.problem(said))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "the Speech SDK: " + said + " (expected: ready, or a library that this machine does not have)");
    }
}
