package io.steadyline.stt.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.cloud.speech.v2.ExplicitDecodingConfig;
import com.google.cloud.speech.v2.RecognitionConfig;
import com.google.cloud.speech.v2.SpeechGrpc;
import com.google.cloud.speech.v2.StreamingRecognitionConfig;
import com.google.cloud.speech.v2.StreamingRecognizeRequest;
import com.google.protobuf.ByteString;
import io.steadyline.stt.peer.GooglePeer;
import io.steadyline.stt.peer.GrpcLimits;
import io.steadyline.stt.peer.GrpcPeer;
import io.steadyline.stt.peer.PeerScript.Act;
import io.steadyline.stt.peer.TcpRelay;
import io.steadyline.stt.vendor.Link;
import io.steadyline.stt.vendor.LinkLines;
import io.steadyline.stt.vendor.VendorAudio;
import io.steadyline.stt.vendor.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GrpcTransportTest {

    private static final Duration KEEP_ALIVE = Duration.ofMinutes(1);
    private static final GrpcHeaders GOOD = GrpcHeaders.fixed(Map.of("authorization", "Bearer good-key"));

    private final GrpcPeer peer =
            new GrpcPeer(GooglePeer::service, GooglePeer::new, VendorAudio.MULAW_8K, GrpcLimits.NONE);
    private final GrpcChannels channels = new GrpcChannels();

    @AfterEach
    void close() {
        channels.close();
        peer.close();
    }

    private GrpcTransport transport(URI uri, GrpcHeaders headers) {
        return transport(GrpcTarget.of(uri, KEEP_ALIVE), headers);
    }

    private GrpcTransport transport(GrpcTarget target, GrpcHeaders headers) {
        return new GrpcTransport(
                channels, target, SpeechGrpc.getStreamingRecognizeMethod().getFullMethodName(), headers);
    }

    private GrpcTransport transport() {
        return transport(peer.uri(), GOOD);
    }

    private static Wire first() {
        return new Wire.Binary(StreamingRecognizeRequest.newBuilder()
                .setRecognizer("projects/p/locations/global/recognizers/_")
                .setStreamingConfig(StreamingRecognitionConfig.newBuilder()
                        .setConfig(RecognitionConfig.newBuilder()
                                .setModel("telephony")
                                .addLanguageCodes("en-US")
                                .setExplicitDecodingConfig(ExplicitDecodingConfig.newBuilder()
                                        .setEncoding(ExplicitDecodingConfig.AudioEncoding.MULAW)
                                        .setSampleRateHertz(8_000)
                                        .setAudioChannelCount(1))))
                .build()
                .toByteArray());
    }

    private static Wire audio(int bytes) {
        return new Wire.Binary(StreamingRecognizeRequest.newBuilder()
                .setAudio(ByteString.copyFrom(new byte[bytes]))
                .build()
                .toByteArray());
    }

    private static void awaitOpened(LinkLines log) {
        await().pollInterval(Duration.ofMillis(2)).until(() -> log.has("opened"));
    }

    private static void awaitOver(LinkLines log) {
        await().until(log::isOver);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Test
    void shouldCarryMessagesAndEndWithTheServersStatus() {
        LinkLines log = new LinkLines();
        Link link = transport().open(log);
        awaitOpened(log);
        link.send(first());
        await().until(() -> log.count("written") == 1);
        link.send(audio(800));
        await().until(() -> log.count("written") == 2);
        link.finish();
        awaitOver(log);

        assertThat(log.lines()).containsExactly("opened", "written", "written", "written", "closed 0 ");
        assertThat(peer.latest().audioBytes()).isEqualTo(800);
        assertThat(peer.latest().isHalfClosed()).isTrue();
    }

    @Test
    void shouldTellTheStatusWithItsText() {
        LinkLines log = new LinkLines();
        transport(peer.uri(), GrpcHeaders.none()).open(log);
        awaitOver(log);

        assertThat(log.last()).isEqualTo("closed 16 Request had invalid authentication credentials.");
    }

    @Test
    void shouldUseOneConnectionForAllCalls() {
        List<LinkLines> logs = new ArrayList<>();
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            LinkLines log = new LinkLines();
            logs.add(log);
            links.add(transport().open(log));
        }
        logs.forEach(GrpcTransportTest::awaitOpened);
        links.forEach(link -> link.send(first()));
        await().until(() -> peer.openNow() == 30);

        assertThat(peer.connectionsEver()).isEqualTo(1);
        assertThat(channels.size()).isEqualTo(1);
    }

    @Test
    void shouldNotCallAMessageWrittenWhileTheServerDoesNotRead() {
        int messages = 1_000;
        peer.script(1).opened(new Act.StopReading());
        Link[] link = new Link[1];
        CountDownLatch there = new CountDownLatch(1);
        LinkLines log = new LinkLines() {
            @Override
            public void written() {
                super.written();
                awaitQuietly(there);
                if (count("written") < messages) {
                    link[0].send(audio(1_000));
                }
            }
        };
        link[0] = transport().open(log);
        there.countDown();
        awaitOpened(log);
        link[0].send(first());

        await().during(Duration.ofMillis(500)).until(() -> log.count("written") < messages);
        assertThat(log.isOver()).isFalse();
        link[0].abort();
        await().until(() -> peer.latest().isCancelled());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldSayNothingMoreWhenItIsAborted() {
        LinkLines log = new LinkLines();
        Link link = transport().open(log);
        awaitOpened(log);
        link.send(first());
        await().until(() -> peer.openNow() == 1);
        link.abort();
        link.abort();
        link.send(audio(100));
        await().until(() -> peer.openNow() == 0);

        assertThat(peer.latest().isCancelled()).isTrue();
        assertThat(log.isOver()).isFalse();
    }

    @Test
    void shouldHoldNoCallAfterManyWereOpenedAndAborted() {
        for (int i = 0; i < 300; i++) {
            LinkLines log = new LinkLines();
            Link link = transport().open(log);
            if (i % 3 > 0) {
                awaitOpened(log);
                link.send(first());
            }
            link.abort();
        }
        LinkLines log = new LinkLines();
        Link link = transport().open(log);
        awaitOpened(log);
        link.send(first());
        await().until(() -> peer.openNow() == 1);

        assertThat(peer.connectionsEver()).isEqualTo(1);
        link.abort();
        await().until(() -> peer.openNow() == 0);
    }

    @Test
    void shouldTellThatTheConnectionWasLost() {
        LinkLines log = new LinkLines();
        Link link = transport().open(log);
        awaitOpened(log);
        link.send(first());
        await().until(() -> peer.openNow() == 1);
        peer.relay().drop();
        awaitOver(log);

        assertThat(log.last()).startsWith("closed 14 ");
    }

    @Test
    void shouldConnectAtOnceWhenTheServerIsThereAgain() throws IOException {
        int port = freePort();
        GrpcTransport elsewhere = transport(URI.create("http://127.0.0.1:" + port), GOOD);
        LinkLines refused = new LinkLines();
        elsewhere.open(refused);
        awaitOver(refused);
        assertThat(refused.lines()).hasSize(1);
        assertThat(refused.last()).startsWith("closed 14 ");

        try (TcpRelay back = peer.relayAt(port)) {
            assertThat(back.port()).isEqualTo(port);
            LinkLines log = new LinkLines();
            elsewhere.open(log);
            awaitOpened(log);
        }
    }

    @Test
    void shouldTellThatHeadersCannotBeFetchedNow() {
        LinkLines log = new LinkLines();
        transport(peer.uri(), () -> {
                    throw new IOException("connection refused");
                })
                .open(log);
        awaitOver(log);

        assertThat(log.lines()).containsExactly("closed 14 credentials: connection refused");
    }

    @Test
    void shouldTellThatHeadersWillNeverBeThere() {
        LinkLines log = new LinkLines();
        transport(peer.uri(), () -> {
                    throw new GrpcHeaders.Refused(new IOException("no such file"));
                })
                .open(log);
        awaitOver(log);

        assertThat(log.lines()).containsExactly("closed 16 credentials: no such file");
    }

    @Test
    void shouldNotLetOtherCallsWaitForAHeader() {
        CountDownLatch fetched = new CountDownLatch(1);
        LinkLines slow = new LinkLines();
        transport(peer.uri(), () -> {
                    awaitQuietly(fetched);
                    return GOOD.of();
                })
                .open(slow);
        LinkLines quick = new LinkLines();
        transport().open(quick);
        awaitOpened(quick);

        assertThat(slow.lines()).isEmpty();
        fetched.countDown();
        awaitOpened(slow);
    }

    @Test
    void shouldTellThatACertificateCannotBeRead() {
        GrpcTarget target = GrpcTarget.of(URI.create("https://127.0.0.1:1"), KEEP_ALIVE)
                .withTls(Optional.of(Path.of("no-such-file.pem")), Optional.empty());
        LinkLines log = new LinkLines();
        transport(target, GOOD).open(log);
        awaitOver(log);

        assertThat(log.last())
                .startsWith("closed 9 certificates for https://127.0.0.1:1: ")
                .contains("no-such-file.pem");
    }

    @Test
    void shouldNotCarryText() {
        Link link = transport().open(new LinkLines());
        assertThatThrownBy(() -> link.send(new Wire.Text("hello"))).hasMessageContaining("expected: binary");
        link.abort();
    }

    @Test
    void shouldEndAllCallsWhenItIsClosed() {
        LinkLines log = new LinkLines();
        Link link = transport().open(log);
        awaitOpened(log);
        link.send(first());
        await().until(() -> peer.openNow() == 1);
        channels.close();

        await().until(() -> peer.openNow() == 0);
        assertThat(channels.size()).isZero();
    }
}
