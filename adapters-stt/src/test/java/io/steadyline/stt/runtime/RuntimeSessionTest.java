package io.steadyline.stt.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.media.AudioFormat;
import io.steadyline.queue.SttQueue;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.stt.SpeechLog;
import io.steadyline.stt.event.EventOut;
import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.Link;
import io.steadyline.stt.vendor.LinkEvents;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.VendorAudio;
import io.steadyline.stt.vendor.Wire;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A vendor that sends without end costs its own connection, and nothing else. */
class RuntimeSessionTest {

    private static final SimulatedVendor VENDOR = new SimulatedVendor("alpha", Traits.of(VendorAudio.MULAW_8K));
    private static final int MANY = 50_000;

    /** Takes everything; what the vendor says is put into its events. */
    private record Taker(LinkEvents events) implements Link {
        @Override
        public void send(Wire message) {
            events.written();
        }

        @Override
        public void finish() {
            events.written();
        }

        @Override
        public void abort() {
            // Nothing is left of it.
        }
    }

    private final SpeechLog log = new SpeechLog();
    private final List<LinkEvents> vendor = new ArrayList<>();
    private final RuntimeSession session;
    private boolean talksWhileItIsRead;
    private int said;
    private long nowNs;

    RuntimeSessionTest() {
        EventOut out = new EventOut("call", VENDOR.name(), this::onEvent, () -> {});
        session = new RuntimeSession(
                "call",
                (route, events) -> {
                    vendor.add(events);
                    events.opened();
                    return new Taker(events);
                },
                out,
                rung -> {});
        RuntimeSettings settings = RuntimeSettings.DEFAULT;
        VendorGate gate = new VendorGate(settings.breakerOpen(), settings.connectsPerSecond(), nowNs);
        Options options = new Options(CommonOptions.of(VENDOR), Map.of());
        session.begin(new Recognition(
                "call",
                AudioFormat.MULAW_8K,
                "",
                new SttQueue(SttQueue.DEFAULT_CAPACITY_FRAMES),
                List.of(Lane.of(0, VENDOR, options, AudioFormat.MULAW_8K, gate)),
                settings,
                session,
                out,
                InstantSource.fixed(Instant.EPOCH),
                new SplittableRandom(1),
                nowNs));
        turns(2);
        say("ready");
        turns(1);
    }

    private void onEvent(SpeechEvent event) {
        log.on(event);
        if (talksWhileItIsRead && event instanceof SpeechEvent.Interim && said < MANY) {
            sayInterim();
        }
    }

    private void say(String text) {
        vendor.getLast().received(new Wire.Text(text));
    }

    private void sayInterim() {
        say("interim " + said++);
    }

    private void turns(int count) {
        for (int i = 0; i < count; i++) {
            nowNs += 10_000_000;
            assertThat(session.turn(nowNs)).isTrue();
        }
    }

    @Test
    void shouldEndItsTurnThoughTheVendorSaysMoreWhileItIsRead() {
        talksWhileItIsRead = true;
        sayInterim();
        turns(1);
        assertThat(said).isLessThan(1_000);
    }

    @Test
    void shouldGiveUpAConnectionThatSaysMoreThanAnybodyCanMean() {
        while (vendor.size() == 1 && said < MANY) {
            for (int i = 0; i < 1_000; i++) {
                sayInterim();
            }
            turns(1);
        }
        assertThat(vendor).hasSize(2);
        assertThat(session.wasFlooded()).isTrue();
        assertThat(log.all(SpeechEvent.Failure.class))
                .extracting(SpeechEvent.Failure::category)
                .containsExactly("TRANSIENT");
    }

    @Test
    void shouldHearTheNextConnectionAfterOneThatSaidTooMuch() {
        String tooLong = "interim " + "x".repeat(2 << 20);
        say(tooLong);
        say(tooLong);
        say(tooLong);
        turns(2);
        assertThat(vendor).hasSize(2);
        say("ready");
        say("interim heard");
        turns(1);
        assertThat(log.all(SpeechEvent.Interim.class).getLast().text()).isEqualTo("heard");
        assertThat(vendor).hasSize(2);
    }

    @Test
    void shouldCutAnUtteranceThatGrowsWithoutEnd() {
        int finals = 1_000;
        for (int i = 0; i < finals; i++) {
            say("plain " + "word ".repeat(100) + i);
            turns(1);
        }
        List<SpeechEvent.UtteranceEnd> ends = log.all(SpeechEvent.UtteranceEnd.class);
        assertThat(log.all(SpeechEvent.Final.class)).hasSize(finals);
        assertThat(ends).hasSizeGreaterThan(5).allSatisfy(end -> {
            assertThat(end.text().length()).isLessThan(70_000);
            assertThat(end.cause()).isEqualTo(SpeechEvent.Cause.MAX_LENGTH);
        });
    }
}
