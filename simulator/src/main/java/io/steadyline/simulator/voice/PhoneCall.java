package io.steadyline.simulator.voice;

import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.CallReport;
import io.steadyline.simulator.HangUp;
import io.steadyline.simulator.LiveCall;
import io.steadyline.simulator.Simulator;
import io.steadyline.simulator.voice.PhoneReport.Outcome;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A phone call while it runs: the webhook is asked, its TwiML is done verb by verb. When a stream ends for whatever reason
 * other than the caller's own hang-up, the call goes on with the {@code action} of its {@code <Connect>}, or with the next
 * verb; when there is none, it is over. The public methods may be called from any thread.
 */
public final class PhoneCall {

    private static final Logger log = LoggerFactory.getLogger(PhoneCall.class);

    private final VoicePlan plan;
    private final Simulator simulator;
    private final Addresses addresses;
    private final CallClock clock;
    private final Webhook webhook;
    private final TwimlReader reader = new TwimlReader();
    private final CompletableFuture<PhoneReport> report = new CompletableFuture<>();

    /** The call's own thread; so are {@code said}, {@code url} and {@code documents}. */
    private final List<PhoneReport.Leg> legs = new ArrayList<>();

    private final List<String> said = new ArrayList<>();
    private String url;
    private int documents;

    /** Written by the call's own thread. */
    private volatile @Nullable LiveCall stream;

    /** The last stream whose end is not the caller's hang-up, though it is ended from here. */
    private volatile @Nullable LiveCall lostStream;

    private volatile boolean isCancelled;

    PhoneCall(VoicePlan plan, Simulator simulator, HttpClient http) {
        this.plan = plan;
        this.simulator = simulator;
        addresses = new Addresses(plan.publicBase(), plan.base());
        clock = new CallClock(plan.duration());
        webhook = new Webhook(plan, addresses, http, clock);
        url = addresses.outside(plan.path());
    }

    public VoicePlan plan() {
        return plan;
    }

    /** Completes when the call is over, however it ended; never exceptionally. */
    public CompletableFuture<PhoneReport> report() {
        return report.copy();
    }

    /** The stream that is up or being dialled; empty between two. */
    public Optional<LiveCall> stream() {
        LiveCall current = stream;
        return current == null || current.report().isDone() ? Optional.empty() : Optional.of(current);
    }

    /** The caller hangs up before the plan would. */
    public void hangUp() {
        clock.hangUp();
        endStream();
    }

    private void endStream() {
        stream().ifPresent(live -> live.hangUp(live.plan().hangUp()));
    }

    /** The stream is lost between provider and server, while the call goes on. False when there is none. */
    public boolean loseStream(HangUp style) {
        Optional<LiveCall> live = stream();
        live.ifPresent(lost -> {
            lostStream = lost;
            lost.hangUp(style);
        });
        return live.isPresent();
    }

    void cancel() {
        isCancelled = true;
        clock.hangUp();
        stream().ifPresent(live -> live.hangUp(HangUp.ABRUPT));
    }

    /** The whole call, on a thread of its own. */
    void run() {
        Step last;
        try {
            last = runToTheEnd();
        } catch (RuntimeException e) {
            log.error("phone call {} failed by a fault of the simulator", plan.callSid(), e);
            last = new Over(Outcome.FAULT, e.toString());
        }
        Over over = last instanceof Over end ? end : new Over(Outcome.FAULT, "the call ended with " + last);
        report.complete(new PhoneReport(
                plan,
                isCancelled ? Outcome.CANCELLED : over.outcome,
                over.detail,
                legs,
                webhook.answers(),
                said,
                clock.elapsedMs()));
    }

    private Over runToTheEnd() {
        while (true) {
            if (documents == plan.maxDocuments()) {
                return new Over(Outcome.TOO_MANY_DOCUMENTS, documents + " documents, the last one of " + url);
            }
            Step step = runDocument(webhook.ask(url, documents == 0 ? "ringing" : "in-progress"));
            documents++;
            switch (step) {
                case Over over -> {
                    return over;
                }
                case GoTo next -> url = next.url;
                case Next next -> {
                    return new Over(Outcome.OUT_OF_VERBS, "");
                }
            }
        }
    }

    private Step runDocument(PhoneReport.Answer answer) {
        if (clock.isOver()) {
            return new Over(Outcome.CALLER_HUNG_UP, "");
        }
        if (!answer.isGood()) {
            return new Over(
                    Outcome.WEBHOOK_FAILED,
                    answer.url() + ": " + (answer.status() == 0 ? answer.text() : "HTTP " + answer.status()));
        }
        // Relative addresses are those of the document that was read, be it the fallback's.
        url = answer.url();
        return switch (reader.read(answer.text())) {
            case TwimlReader.Unusable unusable -> new Over(Outcome.BAD_TWIML, unusable.why());
            case TwimlReader.Document document -> runVerbs(document.verbs());
        };
    }

    private Step runVerbs(List<Verb> verbs) {
        Step step = new Next();
        for (Verb verb : verbs) {
            try {
                step = runVerb(verb);
            } catch (IllegalArgumentException e) {
                // An address that is none, or one that is not spoken here.
                return new Over(Outcome.BAD_TWIML, String.valueOf(e.getMessage()));
            }
            if (!(step instanceof Next)) {
                return step;
            }
        }
        return step;
    }

    private Step runVerb(Verb verb) {
        return switch (verb) {
            case Verb.Connect connect -> connect(connect);
            case Verb.Redirect redirect -> new GoTo(Addresses.resolve(url, redirect.url()));
            case Verb.HangUp hangUp -> new Over(Outcome.SERVER_HUNG_UP, "");
            case Verb.Pause pause ->
                clock.pause(pause.length()) ? new Next() : new Over(Outcome.CALLER_HUNG_UP, "in a pause");
            case Verb.Say say -> {
                said.add(say.text());
                yield new Next();
            }
        };
    }

    private Step connect(Verb.Connect connect) {
        if (clock.isOver()) {
            return new Over(Outcome.CALLER_HUNG_UP, "");
        }
        CallPlan leg = leg(connect);
        double dialledMs = clock.elapsedMs();
        LiveCall live;
        try {
            live = simulator.dial(leg);
        } catch (IllegalStateException e) {
            return new Over(Outcome.CANCELLED, String.valueOf(e.getMessage()));
        }
        stream = live;
        if (clock.isHungUp()) {
            endStream();
        }
        CallReport ended = live.report().join();
        legs.add(new PhoneReport.Leg(dialledMs, ended));
        boolean isOurs = ended.ending().outcome() == CallReport.Outcome.HUNG_UP && !live.equals(lostStream);
        if (ended.ending().outcome() == CallReport.Outcome.CANCELLED) {
            return new Over(Outcome.CANCELLED, ended.ending().detail());
        }
        if (isOurs || clock.isHungUp()) {
            return new Over(Outcome.CALLER_HUNG_UP, "");
        }
        return connect.action().isEmpty() ? new Next() : new GoTo(Addresses.resolve(url, connect.action()));
    }

    private CallPlan leg(Verb.Connect connect) {
        CallPlan.Builder leg = CallPlan.to(addresses.near(connect.url()));
        plan.legs().apply(legs.size(), leg);
        connect.parameters().forEach(leg::parameter);
        if (!plan.authToken().isEmpty()) {
            leg.signedWith(plan.authToken(), connect.url());
        }
        return leg.accountSid(plan.accountSid())
                .callSid(plan.callSid())
                .streamSid("")
                .duration(clock.remaining())
                .build();
    }

    /** What comes after a verb or a document. */
    private sealed interface Step {}

    /** The next verb. */
    private record Next() implements Step {}

    private record GoTo(String url) implements Step {}

    private record Over(Outcome outcome, String detail) implements Step {}
}
