package io.steadyline.stt.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.VendorFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VendorGateTest {

    private static final long MS = 1_000_000;
    private static final long NEVER_OPENED = -1;

    private final VendorGate gate = new VendorGate(Duration.ofSeconds(30), 100, 0);

    private VendorGate.Pass admitted(long atMs) {
        return Objects.requireNonNull(gate.admit(atMs * MS), "not admitted at " + atMs + " ms");
    }

    private void fails(FailureKind kind, long atMs) {
        admitted(atMs).onFailure(new VendorFailure(kind, "", ""), NEVER_OPENED, atMs * MS);
    }

    @Test
    void shouldCloseAfterThreeQuickDeathsInARow() {
        fails(FailureKind.TRANSIENT, 0);
        fails(FailureKind.TRANSIENT, 100);
        assertThat(gate.state()).isEqualTo(VendorGate.State.CLOSED);
        fails(FailureKind.TRANSIENT, 200);
        assertThat(gate.state()).isEqualTo(VendorGate.State.OPEN);
        assertThat(gate.admit(30_199 * MS)).isNull();
        assertThat(gate.admit(30_200 * MS)).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"AUTH", "QUOTA", "RATE_LIMIT"})
    void shouldCloseAtOnceWhenItConcernsAllCalls(FailureKind kind) {
        fails(kind, 0);
        assertThat(gate.state()).isEqualTo(VendorGate.State.OPEN);
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"CONFIG", "AUDIO", "EXPIRED", "IDLE", "LOCAL"})
    void shouldNotKeepOthersAwayForWhatOneCallWanted(FailureKind kind) {
        for (int call = 0; call < 10; call++) {
            fails(kind, call * 100L);
        }
        assertThat(gate.state()).isEqualTo(VendorGate.State.CLOSED);
    }

    @Test
    void shouldWaitAsLongAsTheVendorAsks() {
        VendorFailure busy = new VendorFailure(FailureKind.RATE_LIMIT, "429", "", Optional.of(Duration.ofSeconds(7)));
        admitted(0).onFailure(busy, NEVER_OPENED, 0);
        assertThat(gate.admit(6_999 * MS)).isNull();
        assertThat(gate.admit(7_000 * MS)).isNotNull();
    }

    @Test
    void shouldLetNoMoreInThanAgreed() {
        int admitted = 0;
        for (int ms = 0; ms < 1_000; ms++) {
            admitted += gate.admit(ms * MS) == null ? 0 : 1;
        }
        assertThat(admitted).isBetween(100, 120);
    }

    @Nested
    class OnTrial {

        private VendorGate.Pass trial() {
            fails(FailureKind.AUTH, 0);
            return admitted(30_000);
        }

        @Test
        void shouldLetOneInToFindOut() {
            trial();
            assertThat(gate.state()).isEqualTo(VendorGate.State.TRYING);
            assertThat(gate.admit(30_010 * MS)).isNull();
        }

        @Test
        void shouldBeOpenForAllAfterASuccess() {
            trial().onSuccess();
            assertThat(gate.admit(30_010 * MS)).isNotNull();
        }

        @Test
        void shouldWaitLongerAfterAFailure() {
            trial().onFailure(new VendorFailure(FailureKind.TRANSIENT, "", ""), NEVER_OPENED, 30_000 * MS);
            assertThat(gate.admit(89_999 * MS)).isNull();
            assertThat(gate.admit(90_000 * MS)).isNotNull();
        }

        @Test
        void shouldLetAnotherInWhenTheCallOnTrialEndsWithoutAWord() {
            trial().withdraw(30_100 * MS);
            assertThat(gate.admit(30_100 * MS)).isNotNull();
        }

        @Test
        void shouldNotStayClosedForEverWhenNothingIsHeardOfTheTrial() {
            trial();
            assertThat(gate.admit(59_999 * MS)).isNull();
            assertThat(gate.admit(60_000 * MS)).isNotNull();
        }

        @Test
        void shouldNotBeEndedByCallsThatWereThereBefore() {
            VendorGate.Pass running = admitted(0);
            trial();
            running.onSuccess();
            running.withdraw(30_050 * MS);
            assertThat(gate.state()).isEqualTo(VendorGate.State.TRYING);
        }
    }

    @Nested
    class WhoWatches {

        private final List<String> told = new ArrayList<>();
        private final VendorGate watched = new VendorGate("alpha", recorder(), Duration.ofSeconds(30), 100, 0);

        private VendorWatch recorder() {
            return new VendorWatch() {
                @Override
                public void onConnect(String vendor) {
                    told.add(vendor + " connect");
                }

                @Override
                public void onLeftAlone(String vendor, VendorFailure why, Duration wait, boolean again) {
                    told.add(vendor + " left alone for " + wait.toSeconds() + " s: " + why.message()
                            + (again ? ", again" : ""));
                }

                @Override
                public void onBack(String vendor) {
                    told.add(vendor + " back");
                }
            };
        }

        private VendorGate.Pass next(long atS) {
            return Objects.requireNonNull(watched.admit(atS * 1_000 * MS));
        }

        @Test
        void shouldBeToldOnceHoweverManyFail() {
            VendorFailure down = new VendorFailure(FailureKind.TRANSIENT, "503", "busy");
            List<VendorGate.Pass> calls =
                    Stream.generate(() -> next(0)).limit(20).toList();
            assertThat(told).hasSize(20).containsOnly("alpha connect");
            calls.forEach(call -> call.onFailure(down, NEVER_OPENED, 0));
            assertThat(told).hasSize(21).endsWith("alpha left alone for 30 s: busy");
            assertThat(watched.whyOpen()).contains(down);
        }

        @Test
        void shouldBeToldOfTheTrialThatFailedAndOfTheOneThatDidNot() {
            VendorFailure auth = new VendorFailure(FailureKind.AUTH, "401", "no such key");
            next(0).onFailure(auth, NEVER_OPENED, 0);
            next(30).onFailure(auth, NEVER_OPENED, 30_000 * MS);
            VendorGate.Pass trial = next(90);
            assertThat(watched.whyOpen()).contains(auth);
            trial.onSuccess();
            assertThat(watched.whyOpen()).isEmpty();
            assertThat(told)
                    .containsExactly(
                            "alpha connect",
                            "alpha left alone for 30 s: no such key",
                            "alpha connect",
                            "alpha left alone for 60 s: no such key, again",
                            "alpha connect",
                            "alpha back");
        }
    }
}
