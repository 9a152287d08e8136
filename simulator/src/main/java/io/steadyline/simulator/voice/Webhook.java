package io.steadyline.simulator.voice;

import io.steadyline.simulator.TwilioSignature;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Requests of one phone call, with the provider's second try and its fallback. The call's own thread, which blocks. */
final class Webhook {

    private final VoicePlan plan;
    private final Addresses addresses;
    private final HttpClient http;
    private final CallClock clock;
    private final List<PhoneReport.Answer> answers = new ArrayList<>();

    Webhook(VoicePlan plan, Addresses addresses, HttpClient http, CallClock clock) {
        this.plan = plan;
        this.addresses = addresses;
        this.http = http;
        this.clock = clock;
    }

    /** The document at {@code url}, or the fallback's, or the last failure; see {@link PhoneReport.Answer#isGood}. */
    PhoneReport.Answer ask(String url, String callStatus) {
        Map<String, String> form = form(callStatus);
        PhoneReport.Answer answer = askAgainAndAgain(url, form);
        if (!answer.isGood() && !plan.fallback().isEmpty() && !clock.isOver()) {
            form.put("ErrorCode", "11200");
            form.put("ErrorUrl", url);
            double askedMs = clock.elapsedMs();
            Reply reply = post(plan.fallback(), form);
            return keep(askedMs, plan.fallback(), 1, reply);
        }
        return answer;
    }

    private PhoneReport.Answer askAgainAndAgain(String url, Map<String, String> form) {
        double askedMs = clock.elapsedMs();
        double untilMs = askedMs + plan.retryFor().toMillis();
        Duration apart = plan.retryFor().isZero() ? Duration.ZERO : plan.retryEvery();
        int attempts = 1;
        Reply reply = post(url, form);
        while (reply.mayRecover && (attempts == 1 || clock.elapsedMs() < untilMs) && clock.pause(apart)) {
            attempts++;
            reply = post(url, form);
        }
        return keep(askedMs, url, attempts, reply);
    }

    private PhoneReport.Answer keep(double askedMs, String url, int attempts, Reply reply) {
        PhoneReport.Answer answer =
                new PhoneReport.Answer(askedMs, clock.elapsedMs(), url, reply.status, attempts, reply.text);
        answers.add(answer);
        return answer;
    }

    private Map<String, String> form(String callStatus) {
        return new TreeMap<>(Map.of(
                "CallSid", plan.callSid(),
                "AccountSid", plan.accountSid(),
                "From", plan.from(),
                "To", plan.to(),
                "CallStatus", callStatus,
                "Direction", "inbound",
                "ApiVersion", "2010-04-01"));
    }

    private Reply post(String url, Map<String, String> form) {
        HttpRequest request;
        try {
            request = request(url, form);
        } catch (IllegalArgumentException e) {
            return new Reply(0, "no address to ask: " + e.getMessage(), false);
        }
        CompletableFuture<HttpResponse<String>> response =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        try {
            return clock.await(
                    response.thenApply(Reply::of), new Reply(0, "the call was over before the answer came", false));
        } catch (CompletionException e) {
            return new Reply(0, String.valueOf(e.getCause()), true);
        } finally {
            response.cancel(true);
        }
    }

    private HttpRequest request(String url, Map<String, String> form) {
        HttpRequest.Builder request = HttpRequest.newBuilder(addresses.near(url))
                .timeout(plan.requestLimit())
                .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(form)));
        if (!plan.authToken().isEmpty()) {
            request.header(TwilioSignature.HEADER, TwilioSignature.of(plan.authToken(), url, form));
        }
        return request.build();
    }

    private static String encoded(Map<String, String> form) {
        List<String> pairs = new ArrayList<>();
        form.forEach((name, value) -> pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return String.join("&", pairs);
    }

    List<PhoneReport.Answer> answers() {
        return List.copyOf(answers);
    }

    /** {@code status} is 0 when there was no answer. */
    private record Reply(int status, String text, boolean mayRecover) {

        static Reply of(HttpResponse<String> response) {
            return new Reply(response.statusCode(), response.body(), response.statusCode() >= 500);
        }
    }
}
