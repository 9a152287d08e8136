package io.steadyline.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.testkit.CallHarness;
import io.steadyline.testkit.FakeLoopExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallWakerTest {

    private final FakeLoopExecutor executor = new FakeLoopExecutor();
    private final List<Long> pollsNs = new ArrayList<>();
    private final CallWaker waker = new CallWaker(executor, (call, nowNs) -> pollsNs.add(nowNs));

    @Test
    void shouldMakeOnePollOfManyWishes() {
        waker.serve(new CallHarness(CallSettings.DEFAULT).start().call());
        waker.run();
        waker.run();
        waker.run();
        assertThat(executor.waiting()).isEqualTo(1);
        executor.runAll(42);
        assertThat(pollsNs).containsExactly(42L);
        waker.run();
        executor.runAll(43);
        assertThat(pollsNs).containsExactly(42L, 43L);
    }

    @Test
    void shouldHearAWishThatComesDuringThePoll() {
        List<Runnable> wish = new ArrayList<>();
        CallWaker again =
                new CallWaker(executor, (call, nowNs) -> wish.removeFirst().run());
        wish.add(again);
        again.serve(new CallHarness(CallSettings.DEFAULT).start().call());
        again.run();
        wish.add(() -> pollsNs.add(2L));
        executor.runAll(1);
        assertThat(pollsNs).containsExactly(2L);
    }

    @Test
    void shouldNotTroubleTheLoopOnItsOwnThread() {
        waker.serve(new CallHarness(CallSettings.DEFAULT).start().call());
        executor.onLoop(waker);
        assertThat(executor.waiting()).isZero();
        waker.run();
        assertThat(executor.waiting()).isEqualTo(1);
    }

    @Test
    void shouldForgetAWishBeforeThereIsACall() {
        waker.run();
        executor.runAll(42);
        assertThat(pollsNs).isEmpty();
        waker.run();
        assertThat(executor.waiting()).isEqualTo(1);
    }

    @Test
    void shouldPollACallSoonForAudioEndAndSpeechFromOtherThreads() {
        CallHarness harness = new CallHarness(CallSettings.DEFAULT).start();
        harness.agent.session().plays(3);
        harness.recogniser.session().saysReady(Duration.ZERO);
        harness.agent.session().line().hangUp("bye");
        assertThat(harness.executor.waiting()).isEqualTo(1);
        harness.time.jumpNs(1);
        assertThat(harness.peer.frames()).hasSize(3);
        assertThat(harness.call().state().acceptsTx()).isFalse();
    }
}
