package io.steadyline.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BadInputBudgetTest {

    private final BadInputBudget budget = new BadInputBudget();

    @Test
    void shouldBeSpentByTheHundredthBadMessage() {
        for (int i = 1; i < 100; i++) {
            assertThat(budget.onBad()).as("message %d", i).isTrue();
        }
        assertThat(budget.onBad()).isFalse();
    }

    @Test
    void shouldBearOneBadMessageForEveryTenGoodOnesForEver() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(budget.onBad()).isTrue();
            for (int good = 0; good < 10; good++) {
                budget.onGood();
            }
        }
    }

    @Test
    void shouldNotSaveUpForLater() {
        for (int i = 0; i < 10_000; i++) {
            budget.onGood();
        }
        for (int i = 1; i < 100; i++) {
            assertThat(budget.onBad()).isTrue();
        }
        assertThat(budget.onBad()).isFalse();
    }
}
