package io.steadyline.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.call.CallLoop;
import io.steadyline.pacing.LoadLimits;
import io.steadyline.port.IngressObserver;
import io.steadyline.signal.CallId;
import io.steadyline.websocket.server.Admission.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** What the load of the media loop means to those who want to come in; the loop itself stands still. */
class AdmissionTest {

    private static final long MS = 1_000_000;
    private static final String WHY = "overloaded: media loop 14 ms late (limit: 10 ms), 0 calls";
    private static final CallId ANYBODY = new CallId("CA1");

    private final Nobody observer = new Nobody();
    private XnioWorker worker;
    private LoadWatch load;
    private Admission admission;
    private long nowNs;

    @BeforeEach
    void open() throws IOException {
        worker = Xnio.getInstance()
                .createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 1, Options.WORKER_TASK_MAX_THREADS, 1));
        MediaLoop loop = new MediaLoop(worker.getIoThread());
        nowNs = loop.nowNs();
        CallLoop calls = new CallLoop(
                (_, _, _, _) -> {
                    throw new AssertionError("no call");
                },
                observer,
                loop,
                nowNs);
        load = new LoadWatch(
                new LoadLimits(Duration.ofMillis(10), 85, 0), loop, calls, observer, new BusyTime(Path.of("/none")));
        admission = new Admission(ServerConfig.onLoopback(), calls, load, nowNs);
        admission.open();
    }

    @AfterEach
    void close() {
        worker.shutdownNow();
    }

    private void twoSeconds(long latenessMs) {
        for (int turn = 0; turn < 200; turn++) {
            nowNs += 10 * MS;
            load.onTurn(latenessMs * MS, nowNs);
        }
    }

    @Test
    void shouldRefuseEveryNewCallWhileTheLoopIsLate() {
        twoSeconds(14);
        Optional<Refused> expected = Optional.of(new Refused(IngressObserver.Refusal.OVERLOAD, WHY));
        assertThat(admission.refusalOfSocket(nowNs)).isEqualTo(expected);
        assertThat(admission.refusalOfCall(ANYBODY, false, nowNs)).isEqualTo(expected);
        admission.onSocketOpened();
        assertThat(admission.refusalOfCall(ANYBODY, true, nowNs)).isEqualTo(expected);
    }

    @Test
    void shouldSayItInTheReadinessToo() {
        twoSeconds(14);
        assertThat(admission.reasonsNotReady()).containsExactly("overloaded");
        assertThat(HealthHandler.json(admission, List.of("a note")))
                .isEqualTo("{\"ready\":false,\"reasons\":[\"overloaded\"],\"notes\":[\"a note\",\"" + WHY
                        + "\"],\"calls\":0}\n");
    }

    @Test
    void shouldTakeCallsAgainWhenTheLoopIsInTime() {
        twoSeconds(14);
        twoSeconds(1);
        assertThat(admission.refusalOfSocket(nowNs)).isEmpty();
        assertThat(admission.refusalOfCall(ANYBODY, true, nowNs)).isEmpty();
        assertThat(admission.reasonsNotReady()).isEmpty();
    }

    @Test
    void shouldNotStayClosedWithoutTurns() {
        twoSeconds(14);
        nowNs += 3_000 * MS;
        assertThat(admission.refusalOfSocket(nowNs)).isEmpty();
    }

    @Test
    void shouldNotRefuseForASecondOfLateness() {
        twoSeconds(1);
        for (int turn = 0; turn < 9; turn++) {
            nowNs += 100 * MS;
            load.onTurn(90 * MS, nowNs);
        }
        assertThat(admission.refusalOfSocket(nowNs)).isEmpty();
    }

    @Test
    void shouldTellTheMetrics() {
        twoSeconds(14);
        assertThat(observer.latenessNs).isEqualTo(14 * MS);
        assertThat(observer.told).isBetween(19, 20);
    }
}
