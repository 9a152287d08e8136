package io.steadyline.bootstrap.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.simulator.CallReport.Outcome;
import org.junit.jupiter.api.Test;

class OutsideViewTest {

    @Test
    void shouldFindNothingInAGoodCall() {
        assertThat(OutsideView.findings(Reports.good())).isEmpty();
    }

    @Test
    void shouldSayThatThereWasNoCallAndNothingElse() {
        assertThat(OutsideView.findings(Reports.unreachable()))
                .containsExactly(
                        "no call: UNREACHABLE why (is a gateway running there? ./steadyline serve starts one)");
    }

    @Test
    void shouldSayHowACallEndedThatShouldHaveGoneOn() {
        assertThat(OutsideView.findings(Reports.ended(Outcome.SERVER_CLOSED)))
                .singleElement()
                .asString()
                .startsWith("the call did not end as planned: SERVER_CLOSED, close code ")
                .contains("1011")
                .endsWith("internal error");
    }

    @Test
    void shouldForgiveAHoleThatNobodyHears() {
        assertThat(OutsideView.findings(Reports.starved(60))).isEmpty();
        assertThat(OutsideView.findings(Reports.starved(61)))
                .containsExactly("the caller heard 61 ms of holes in 2 places (expected: at most 60 ms)");
    }

    @Test
    void shouldShowTheFirstMessageThatTheProviderWouldWarnOf() {
        assertThat(OutsideView.findings(Reports.malformed("no JSON")))
                .singleElement()
                .asString()
                .startsWith("messages that the provider would warn of: 1, first: ")
                .contains("no JSON");
    }
}
