package io.steadyline.bootstrap.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.steadyline.bootstrap.architecture.Place.in;
import static io.steadyline.bootstrap.architecture.Place.library;
import static io.steadyline.bootstrap.architecture.Place.member;
import static io.steadyline.bootstrap.architecture.Place.outside;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import io.steadyline.offenders.bootstrap.agent.AgentThatCloses;
import io.steadyline.offenders.call.RxPathThatSends;
import io.steadyline.offenders.websocket.dialect.CodecWithAClock;
import io.steadyline.offenders.websocket.dialect.CodecWithALogger;
import io.steadyline.offenders.websocket.server.SecondWriter;
import io.steadyline.offenders.websocket.twilio.DialectWithAChannel;
import io.steadyline.offenders.websocket.twilio.DialectWithASocket;
import io.steadyline.offenders.websocket.twilio.DialectWithAThread;
import io.steadyline.port.PeerLink;
import java.util.List;

/** Who writes to a call's socket, and what a codec is. */
final class MediaRules {

    private static final String WRITER = "io.steadyline.websocket.server.MediaSocket";
    private static final String TX_PATH = "io.steadyline.call.TxPath";
    private static final String CALL = "io.steadyline.call.Call";

    /** Everything of Undertow's that writes to a socket or ends it. */
    private static final DescribedPredicate<JavaAccess<?>> WRITES = member("io.undertow.websockets.core.WebSockets")
            .or(DescribedPredicate.describe(
                    "send or close of a WebSocket channel",
                    access -> access.getTargetOwner().isAssignableTo("io.undertow.websockets.core.WebSocketChannel")
                            && access.getTarget().getName().matches("(send|close|shutdown|flush).*")))
            .as("write to a WebSocket or close it");

    private static final String[] NOT_IN_A_CODEC = {
        "java.net.Socket",
        "java.net.ServerSocket",
        "java.net.Datagram",
        "java.net.URLConnection",
        "java.net.http.",
        "java.nio.channels.",
        "java.nio.file.",
        "java.io.File",
        "io.undertow.",
        "org.xnio.",
        "org.slf4j.",
        "java.util.logging.",
        "java.lang.Thread",
        "java.util.Timer",
        "java.util.concurrent.",
        "java.time.Clock"
    };

    private MediaRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.of(
                        "one class writes to the sockets of the peer (R14)",
                        noClasses()
                                .that(not(WRITER))
                                .and(outside("bootstrap.bot"))
                                .should()
                                .accessTargetWhere(WRITES),
                        SecondWriter.class),
                Rule.of(
                        "only the TX path sends to the peer (R14)",
                        noClasses().that(not(TX_PATH)).should().accessTargetWhere(peerLink("send")),
                        RxPathThatSends.class),
                Rule.of(
                        "only the call closes its link, and the link itself",
                        noClasses().that(not(CALL)).and(not(WRITER)).should().accessTargetWhere(peerLink("close")),
                        AgentThatCloses.class),
                Rule.of(
                        "a dialect is a pure codec: no socket, clock, logger or thread",
                        noClasses()
                                .that(in("websocket.dialect", "websocket.twilio"))
                                .should()
                                .dependOnClassesThat(library(NOT_IN_A_CODEC))
                                .orShould()
                                .accessTargetWhere(DomainRules.TIME),
                        DialectWithAChannel.class,
                        DialectWithASocket.class,
                        DialectWithAThread.class,
                        CodecWithALogger.class,
                        CodecWithAClock.class));
    }

    private static DescribedPredicate<JavaAccess<?>> peerLink(String method) {
        return member(PeerLink.class.getName(), method);
    }

    private static DescribedPredicate<JavaClass> not(String name) {
        return DescribedPredicate.describe(
                "not " + name, type -> !Place.outermost(type).equals(name));
    }
}
