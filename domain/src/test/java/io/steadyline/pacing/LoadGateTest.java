package io.steadyline.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadGateTest {

    private static final long MS = 1_000_000;
    private static final long START_NS = Long.MAX_VALUE - 3_000 * MS;

    private final LoadGate gate = new LoadGate(new LoadLimits(Duration.ofMillis(10), 85, 3), START_NS);
    private long nowNs = START_NS;
    private long busyNs;

    /** Slices of one turn each. */
    private void slices(int number, double latenessMs, double busyShare, int calls) {
        for (int i = 0; i < number; i++) {
            nowNs += LoadGate.SLICE_NS;
            busyNs += (long) (LoadGate.SLICE_NS * busyShare);
            assertThat(gate.isSliceOver(nowNs - 1)).isFalse();
            assertThat(gate.isSliceOver(nowNs)).isTrue();
            gate.onTurn((long) (latenessMs * MS));
            gate.endSlices(nowNs, 0, busyNs, calls);
        }
    }

    @Nested
    class WhenItIsLate {

        @Test
        void shouldRefuseOnceHalfOfTwoSecondsWere() {
            slices(9, 10.001, 0.2, 700);
            assertThat(gate.admits(701)).isTrue();
            slices(1, 10.001, 0.2, 700);
            assertThat(gate.admits(701)).isFalse();
            assertThat(gate.why(701)).isEqualTo("overloaded: media loop 10 ms late (limit: 10 ms), 700 calls");
        }

        @Test
        void shouldAdmitAtTheLimit() {
            slices(100, 10, 0.2, 700);
            assertThat(gate.admits(701)).isTrue();
        }

        @Test
        void shouldOpenAgainWhenAllButAFewAreInTime() {
            slices(LoadGate.SLICES, 14, 0.2, 700);
            slices(15, 1, 0.2, 700);
            assertThat(gate.isClosed()).isTrue();
            assertThat(gate.why(701)).contains("14 ms late (limit: 10 ms)");
            slices(1, 1, 0.2, 700);
            assertThat(gate.isClosed()).isFalse();
            assertThat(gate.admits(701)).isTrue();
        }

        @Test
        void shouldNotMindAPauseOfTheWholeProcess() {
            slices(30, 1, 0.4, 500);
            nowNs += 800 * MS;
            gate.endSlices(nowNs, 799 * MS, busyNs, 500);
            gate.onTurn(799 * MS);
            assertThat(gate.admits(501)).isTrue();
            slices(1, 1, 0.4, 500);
            assertThat(gate.admits(501)).isTrue();
        }

        @Test
        void shouldCountEachTenthOfATurnThatTookLonger() {
            // A loop that comes round every 300 ms is always late, though it says so only now and then.
            slices(5, 1, 0.4, 500);
            for (int turn = 0; turn < 4; turn++) {
                nowNs += 300 * MS;
                gate.endSlices(nowNs, 299 * MS, busyNs, 500);
                gate.onTurn(299 * MS);
            }
            assertThat(gate.admits(501)).isFalse();
        }

        @Test
        void shouldForgetWhatWasLongAgo() {
            slices(LoadGate.SLICES, 50, 0.9, 700);
            assertThat(gate.isClosed()).isTrue();
            nowNs += 3_600_000 * MS;
            gate.endSlices(nowNs, 0, busyNs, 0);
            assertThat(gate.isClosed()).isFalse();
        }
    }

    @Nested
    class WhenItIsBusy {

        @Test
        void shouldRefuseTheCallThatWouldBeTooMuch() {
            slices(LoadGate.SLICES, 1, 0.8, 800);
            assertThat(gate.admits(850)).isTrue();
            assertThat(gate.admits(851)).isFalse();
            assertThat(gate.why(851))
                    .isEqualTo("overloaded: media loop 85 % busy with one more call (limit: 85 %), 850 calls");
        }

        /** Calls that came within the two seconds count in full: the gate must not see them two seconds late. */
        @Test
        void shouldReckonWithCallsThatHaveJustCome() {
            for (int calls = 500; calls < 700; calls += 10) {
                slices(1, 1, calls / 1000.0, calls);
            }
            assertThat(gate.meanBusyShare()).isLessThan(0.65);
            assertThat(gate.admits(845)).isTrue();
            assertThat(gate.admits(855)).isFalse();
        }

        @Test
        void shouldNotJudgeByALoopThatIsHardlyBusy() {
            slices(LoadGate.SLICES, 1, 0.49, 10);
            assertThat(gate.admits(1000)).isTrue();
        }

        @Test
        void shouldTakeABurstThatKeepsItBusyForLessThanASecond() {
            slices(9, 1, 1, 50);
            assertThat(gate.admits(500)).isTrue();
            slices(3, 1, 0.4, 500);
            assertThat(gate.admits(501)).isTrue();
        }

        @Test
        void shouldOpenAtOnceWhenCallsHaveEnded() {
            slices(LoadGate.SLICES, 1, 0.9, 900);
            assertThat(gate.isClosed()).isTrue();
            slices(1, 1, 0.7, 700);
            assertThat(gate.isClosed()).isFalse();
        }

        @Test
        void shouldGoByLatenessAloneWhereItIsNotKnown() {
            for (int i = 0; i < 40; i++) {
                nowNs += LoadGate.SLICE_NS;
                gate.onTurn(2 * MS);
                gate.endSlices(nowNs, 0, -1, 5000);
            }
            assertThat(gate.admits(5001)).isTrue();
            assertThat(gate.meanBusyShare()).isZero();
        }
    }

    @Nested
    class AfterItWasClosed {

        @Test
        void shouldTakeAHundredthMoreEachSecondWhereItIsNearlyFull() {
            slices(LoadGate.SLICES, 14, 0.9, 700);
            slices(16, 1, 0.83, 700);
            assertThat(gate.isClosed()).isFalse();
            assertThat(gate.admits(707)).isTrue();
            assertThat(gate.admits(708)).isFalse();
            assertThat(gate.isClosed()).isFalse();
            assertThat(gate.why(708)).isEqualTo("overloaded a moment ago: new calls a second at most 7, 707 calls");
            slices(9, 1, 0.83, 707);
            assertThat(gate.admits(708)).isFalse();
            slices(1, 1, 0.83, 707);
            assertThat(gate.admits(714)).isTrue();
        }

        @Test
        void shouldTakeAQuarterOfWhatThereIsRoomForWhereAColdStartClosedIt() {
            slices(LoadGate.SLICES, 44, 1, 100);
            slices(LoadGate.SLICES, 1, 0.5, 100);
            assertThat(gate.isClosed()).isFalse();
            // 100 × 85 % / 50 % are 170.
            assertThat(gate.admits(117)).isTrue();
            assertThat(gate.admits(118)).isFalse();
            slices(LoadGate.SLICES, 1, 0.52, 117);
            assertThat(gate.admits(135)).isTrue();
            assertThat(gate.admits(136)).isFalse();
        }

        @Test
        void shouldGoByItsBusySlicesAndNotByAMomentInWhichItLooksEmpty() {
            slices(LoadGate.SLICES, 14, 0.9, 700);
            slices(16, 1, 0.83, 700);
            slices(LoadGate.SLICES - LoadGate.OPENS_AT - 1, 1, 0.3, 700);
            assertThat(gate.admits(707)).isTrue();
            assertThat(gate.admits(708)).isFalse();
            slices(1, 1, 0.3, 700);
            assertThat(gate.admits(708)).isTrue();
        }

        @Test
        void shouldNotGoByTheFewSlicesInWhichACompilerHeldIt() {
            slices(LoadGate.SLICES, 44, 1, 100);
            slices(LoadGate.SLICES - LoadGate.OPENS_AT, 1, 0.5, 100);
            slices(LoadGate.OPENS_AT, 1, 1, 100);
            assertThat(gate.admits(117)).isTrue();
            assertThat(gate.admits(118)).isFalse();
        }

        @Test
        void shouldNotTakeALoopThatIsHardlyBusyForAnEmptyOne() {
            slices(LoadGate.SLICES, 44, 1, 700);
            slices(LoadGate.SLICES, 1, 0.2, 700);
            // As if it were busy for half of its time: 1190.
            assertThat(gate.admits(822)).isTrue();
            assertThat(gate.admits(823)).isFalse();
        }

        @Test
        void shouldTakeASixteenthOfItWhereItWasLateWithoutBeingBusy() {
            slices(LoadGate.SLICES, 14, 0.2, 700);
            slices(LoadGate.SLICES, 1, 0.2, 700);
            // As if it were busy for half of its time: room for 490.
            assertThat(gate.admits(730)).isTrue();
            assertThat(gate.admits(731)).isFalse();
        }

        /** Else a loop that is late and does not look busy would take a part more each time that it opens. */
        @Test
        void shouldTakeHalfOfThatEachTimeItClosesAgainSoon() {
            slices(LoadGate.SLICES, 44, 1, 700);
            for (int growth : new int[] {122, 61, 30, 15, 7, 7}) {
                slices(LoadGate.SLICES, 1, 0.2, 700);
                assertThat(gate.admits(700 + growth)).isTrue();
                assertThat(gate.admits(701 + growth)).isFalse();
                slices(LoadGate.CLOSES_AT, 14, 0.2, 700);
                assertThat(gate.isClosed()).isTrue();
            }
        }

        @Test
        void shouldTakeAWholePartAgainAfterTenGoodSeconds() {
            for (int i = 0; i < 2; i++) {
                slices(LoadGate.SLICES, 14, 0.2, 700);
                slices(LoadGate.SLICES, 1, 0.2, 700);
            }
            assertThat(gate.admits(716)).isFalse();
            slices(LoadGate.CAUTIOUS_SLICES, 1, 0.2, 700);
            slices(LoadGate.SLICES, 14, 0.2, 700);
            slices(LoadGate.SLICES, 1, 0.2, 700);
            assertThat(gate.admits(730)).isTrue();
            assertThat(gate.admits(731)).isFalse();
        }

        @Test
        void shouldTakeAHundredthMoreWhereNobodyTellsHowBusyItIs() {
            for (int slice = 0; slice < 2 * LoadGate.SLICES; slice++) {
                nowNs += LoadGate.SLICE_NS;
                gate.onTurn(slice < LoadGate.SLICES ? 14 * MS : MS);
                gate.endSlices(nowNs, 0, -1, 700);
            }
            assertThat(gate.admits(707)).isTrue();
            assertThat(gate.admits(708)).isFalse();
        }

        @Test
        void shouldTakeThemAsTheyComeTenSecondsLater() {
            slices(LoadGate.SLICES, 14, 0.8, 700);
            slices(15, 1, 0.8, 700);
            assertThat(gate.isClosed()).isTrue();
            slices(LoadGate.CAUTIOUS_SLICES - 1, 1, 0.8, 700);
            assertThat(gate.admits(720)).isFalse();
            slices(1, 1, 0.8, 700);
            assertThat(gate.admits(720)).isTrue();
        }

        @Test
        void shouldTakeThemAsTheyComeWhereFarFewerAreLeft() {
            slices(LoadGate.SLICES, 14, 0.2, 700);
            slices(16, 1, 0.2, 100);
            assertThat(gate.admits(630)).isTrue();
            assertThat(gate.admits(631)).isFalse();
        }

        @Test
        void shouldTakeOneASecondWhereThereAreFew() {
            slices(LoadGate.SLICES, 14, 0.8, 25);
            slices(16, 1, 0.8, 25);
            assertThat(gate.admits(26)).isTrue();
            assertThat(gate.admits(27)).isFalse();
        }

        @Test
        void shouldNotRefuseTheFewThatCannotBeWhatKeepsAStarvingMachineBusy() {
            slices(LoadGate.SLICES, 300, 1, 2);
            assertThat(gate.admits(3)).isTrue();
            assertThat(gate.isClosed()).isFalse();
            assertThat(gate.admits(4)).isFalse();
        }
    }

    @Nested
    class BeforeThereIsEvidence {

        @Test
        void shouldTakeAllThatComeInTheFirstSecond() {
            slices(9, 300, 1, 400);
            assertThat(gate.admits(5000)).isTrue();
        }
    }

    @Nested
    class WhenItIsOff {

        @Test
        void shouldAdmitWhateverHappens() {
            LoadGate off = new LoadGate(LoadLimits.OFF, 0);
            for (int i = 1; i < 100; i++) {
                off.onTurn(900 * MS);
                off.endSlices(i * LoadGate.SLICE_NS, 900 * MS, i * LoadGate.SLICE_NS, 1000);
                assertThat(off.admits(100_000)).isTrue();
            }
        }
    }

    @Test
    void shouldTellWhatLastsAndNotTheWorst() {
        slices(9, 500, 0.5, 100);
        assertThat(gate.sustainedLatenessNs()).isZero();
        slices(11, 3, 0.5, 100);
        assertThat(gate.sustainedLatenessNs()).isEqualTo(3 * MS);
        assertThat(gate.meanBusyShare()).isBetween(0.44, 0.51);
    }

    @Test
    void shouldKnowHowBusyItWasAlsoWhereTheClockTurnsNegative() {
        slices(35, 1, 0.6, 100);
        assertThat(nowNs).isNegative();
        assertThat(gate.meanBusyShare()).isCloseTo(0.6, within(0.001));
    }

    @ParameterizedTest
    @ValueSource(ints = {49, 101})
    void shouldRefuseAShareThatMakesNoSense(int percent) {
        assertThatThrownBy(() -> new LoadLimits(Duration.ZERO, percent, 0))
                .hasMessage("busyPercent: " + percent + " (expected: 50 to 100)");
    }

    @Test
    void shouldRefuseANegativeLateness() {
        assertThatThrownBy(() -> new LoadLimits(Duration.ofMillis(-1), 85, 0))
                .hasMessage("lateness: -1 ms (expected: 0 or more)");
    }
}
