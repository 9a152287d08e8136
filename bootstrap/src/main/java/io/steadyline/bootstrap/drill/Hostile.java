package io.steadyline.bootstrap.drill;

import static io.steadyline.bootstrap.drill.DrillFailure.require;

import io.steadyline.simulator.Simulator;
import io.steadyline.simulator.TwilioSignature;
import io.steadyline.simulator.voice.PhoneReport;
import io.steadyline.simulator.voice.VoiceClient;
import io.steadyline.simulator.voice.VoicePlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Peers that mean harm: by what they send, and by who they claim to be. */
final class Hostile {

    private static final int TOO_BIG = 1009;
    private static final int POLICY = 1008;
    private static final long HUGE_BYTES = 200L << 20;
    private static final int MAX_GROWTH_MIB = 64;
    private static final int PINGS = 200_000;
    /** For a line to be written. */
    private static final Duration SOON = Duration.ofMillis(500);

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String PUBLIC = "https://calls.example.com";
    private static final String REFUSED = "steadyline_sockets_refused_total";
    private static final Pattern ONE_TIME_TOKEN =
            Pattern.compile("<Parameter name=\"steadyline-token\" value=\"([A-Za-z0-9_-]+)\"/>");
    private static final Pattern LOG_LINE = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z (INFO |WARN |ERROR).*");

    private Hostile() {}

    /** What would fill the memory of a server that believes what it is told. */
    static DrillResult hugeMessages(DrillContext context) throws Exception {
        DrillGateway gateway = context.start(false, Map.of()).awaitReady();
        try (Simulator simulator = Simulator.start()) {
            Bystanders calls = Bystanders.place(simulator, context, gateway, context.few());
            long beforeMib = Machine.residentMib(gateway.pid());
            int huge = hugeFrame(context);
            int endless = endlessFragments(context);
            int deep = deepJson(context);
            pingFlood(context);
            long afterMib = Machine.residentMib(gateway.pid());
            String sum = calls.unharmed();
            require(huge == TOO_BIG, "a frame of 200 MiB: " + huge + " (expected: 1009)");
            require(endless == TOO_BIG, "endless fragments: " + endless + " (expected: 1009)");
            require(deep == POLICY, "deep JSON: " + deep + " (expected: 1008)");
            require(
                    afterMib - beforeMib <= MAX_GROWTH_MIB,
                    "memory: " + beforeMib + " MiB, then " + afterMib + " (expected: at most " + MAX_GROWTH_MIB
                            + " MiB more)");
            return new DrillResult(
                    "a frame of 200 MiB 1009, endless fragments 1009, JSON of 1,000 levels again and again 1008, "
                            + PINGS + " pings in a row answered; memory " + beforeMib + " MiB, then " + afterMib
                            + " MiB",
                    "nothing; " + sum);
        }
    }

    private static int hugeFrame(DrillContext context) throws IOException, DrillFailure {
        try (HostileSocket peer = HostileSocket.open(context)) {
            ByteBuffer head = ByteBuffer.allocate(14);
            head.put((byte) HostileSocket.TEXT)
                    .put((byte) 0xFF)
                    .putLong(HUGE_BYTES)
                    .putInt(0);
            peer.raw(head.array());
            sendUntilRefused(() -> peer.raw(new byte[64 * 1024]), (int) (HUGE_BYTES / (64 * 1024)));
            return peer.awaitClose();
        }
    }

    private static int endlessFragments(DrillContext context) throws IOException, DrillFailure {
        try (HostileSocket peer = HostileSocket.open(context)) {
            byte[] part = "x".repeat(1000).getBytes(StandardCharsets.US_ASCII);
            peer.frame(HostileSocket.TEXT_UNFINISHED, part);
            sendUntilRefused(() -> peer.frame(HostileSocket.MORE, part), 100_000);
            return peer.awaitClose();
        }
    }

    private static int deepJson(DrillContext context) throws IOException, DrillFailure {
        String deep = "{\"event\":".repeat(1000) + "1" + "}".repeat(1000);
        try (HostileSocket peer = HostileSocket.open(context)) {
            sendUntilRefused(() -> peer.text(deep), 500);
            return peer.awaitClose();
        }
    }

    private static void pingFlood(DrillContext context) throws IOException, DrillFailure {
        try (HostileSocket peer = HostileSocket.open(context)) {
            peer.text(start(UUID.randomUUID().toString(), Map.of()));
            sendUntilRefused(() -> peer.frame(HostileSocket.PING, new byte[100]), PINGS);
        }
    }

    private interface Sending {
        Object send() throws IOException;
    }

    private static void sendUntilRefused(Sending sending, int times) {
        try {
            for (int i = 0; i < times; i++) {
                sending.send();
            }
        } catch (IOException closed) {
            // The server has had enough; its close frame is what counts.
            return;
        }
    }

    private static String start(String callSid, Map<String, String> parameters) {
        StringBuilder custom = new StringBuilder();
        parameters.forEach((name, value) -> custom.append(custom.isEmpty() ? "" : ",")
                .append('"')
                .append(name)
                .append("\":\"")
                .append(value)
                .append('"'));
        return """
            {"event":"start","sequenceNumber":"1","streamSid":"MZ%s","start":{"accountSid":"AC1","streamSid":"MZ%s",\
            "callSid":"%s","tracks":["inbound"],"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1},\
            "customParameters":{%s}}}\
            """.formatted(callSid, callSid, callSid, custom);
    }

    /** No signature, a wrong one, a good one; and a one-time token that comes again. */
    static DrillResult signatures(DrillContext context) throws Exception {
        DrillGateway gateway = context.start(
                        false,
                        Map.of(
                                "TWILIO_AUTH_TOKEN",
                                TOKEN,
                                "STEADYLINE_TWILIO_PUBLIC_URL",
                                PUBLIC,
                                "STEADYLINE_TWILIO_NONCE",
                                "required"))
                .awaitReady();
        String url = PUBLIC.replace("https", "wss") + "/twilio/media";
        int unsigned = upgrade(context, Map.of());
        int wrong = upgrade(context, signed("f".repeat(32), url));
        int otherUrl = upgrade(context, signed(TOKEN, url + "?x=1"));
        int good = upgrade(context, signed(TOKEN, url));
        require(
                unsigned == 403 && wrong == 403 && otherUrl == 403 && good == 101,
                "unsigned " + unsigned + ", wrong token " + wrong + ", other URL " + otherUrl + ", good " + good
                        + " (expected: 403, 403, 403, 101)");
        try (Simulator simulator = Simulator.start();
                VoiceClient provider = new VoiceClient(simulator)) {
            PhoneReport call = provider.call(VoicePlan.to(context.setUp().web())
                            .publicBase(PUBLIC)
                            .authToken(TOKEN)
                            .duration(Duration.ofSeconds(2))
                            .build())
                    .report()
                    .join();
            require(call.wasHungUp() && call.streams().size() == 1, "a signed call: " + call.detail());
            Matcher given = ONE_TIME_TOKEN.matcher(call.answers().getFirst().text());
            require(given.find(), "no one-time token in the webhook's answer");
            int again = startAgain(
                    context, signed(TOKEN, url), given.group(1), call.plan().callSid());
            require(again == POLICY, "the one-time token again: " + again + " (expected: 1008)");
        }
        require(!gateway.lines("refused ").isEmpty(), "no line about the refusals");
        return new DrillResult(
                String.format(
                        Locale.ROOT,
                        "403 before the upgrade, a warning for the first, `%s` %.0f for signatures and %.0f for tokens;"
                                + " a one-time token that comes again: 1008",
                        REFUSED,
                        metricOnThisMachine(context, "signature"),
                        metricOnThisMachine(context, "token")),
                "nothing: the signed call went as planned");
    }

    private static double metricOnThisMachine(DrillContext context, String reason) throws DrillFailure {
        return Page.metric(context, REFUSED, reason);
    }

    private static int upgrade(DrillContext context, Map<String, String> headers) throws IOException {
        try (HostileSocket peer = HostileSocket.connect(context.setUp().httpPort())) {
            return peer.upgrade(context.setUp().media(), headers);
        }
    }

    private static int startAgain(DrillContext context, Map<String, String> headers, String token, String callSid)
            throws IOException {
        try (HostileSocket peer = HostileSocket.connect(context.setUp().httpPort())) {
            peer.upgrade(context.setUp().media(), headers);
            peer.text(start(callSid, Map.of("steadyline-token", token)));
            return peer.awaitClose();
        }
    }

    private static Map<String, String> signed(String token, String url) {
        return new HashMap<>(Map.of(TwilioSignature.HEADER, TwilioSignature.of(token, url)));
    }

    /** Text of the peer's that looks like lines of the log, and like commands to a terminal. */
    static DrillResult logInjection(DrillContext context) throws Exception {
        DrillGateway gateway =
                context.start(false, Map.of("STEADYLINE_LOG_LEVEL", "debug")).awaitReady();
        String forged = "\\u001b[2J\\r\\n2026-01-01T00:00:00.000Z ERROR forged\\u0000";
        int before = gateway.lines().size();
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put(forged, "x");
        parameters.put("y", forged);
        parameters.put("traceparent", forged);
        try (HostileSocket peer = HostileSocket.open(context)) {
            peer.text(start("CA" + forged, parameters));
            KeptCalls.pause(SOON);
        }
        String callSid = "CA" + UUID.randomUUID();
        try (HostileSocket peer = HostileSocket.open(context)) {
            peer.text(start(callSid, parameters));
            peer.text("{\"event\":\"" + forged + "\",\"streamSid\":\"MZ" + callSid + "\"}");
            peer.text("{\"event\":\"media\",\"streamSid\":\"" + forged + "\",\"media\":{\"payload\":\"AAAA\"}}");
            peer.text(
                    "{\"event\":\"mark\",\"streamSid\":\"MZ" + callSid + "\",\"mark\":{\"name\":\"" + forged + "\"}}");
            KeptCalls.pause(SOON);
        }
        int megabyte;
        try (HostileSocket peer = HostileSocket.open(context)) {
            sendUntilRefused(() -> peer.text(start("CA1", Map.of("z", "\\n".repeat(1 << 19)))), 1);
            megabyte = peer.awaitClose();
        }
        KeptCalls.pause(SOON);
        List<String> lines = gateway.lines().stream().skip(before).toList();
        List<String> broken = lines.stream()
                .filter(line -> !LOG_LINE.matcher(line).matches() || line.indexOf('\u001b') >= 0)
                .toList();
        require(broken.isEmpty(), "lines that are not the gateway's own: " + broken);
        require(
                lines.stream().noneMatch(line -> line.startsWith("2026-01-01T00:00:00.000Z")),
                "a forged line is in the log");
        require(
                lines.stream().anyMatch(line -> line.contains(callSid)),
                "no line about the call with such parameters: " + lines);
        require(megabyte == TOO_BIG, "a parameter of 1 MiB: " + megabyte + " (expected: 1009)");
        long escaped = lines.stream().filter(line -> line.contains("forged")).count();
        return new DrillResult(
                "text of the peer's: in " + escaped + " of " + lines.size()
                        + " lines, escaped; a parameter of 1 MiB is closed with" + " 1009",
                "nothing");
    }
}
