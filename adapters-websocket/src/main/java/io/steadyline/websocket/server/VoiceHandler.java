package io.steadyline.websocket.server;

import io.steadyline.call.CallView;
import io.steadyline.port.IngressObserver;
import io.steadyline.signal.CallId;
import io.steadyline.signal.Printable;
import io.steadyline.websocket.server.Admission.Refused;
import io.steadyline.websocket.twilio.CallReturns;
import io.steadyline.websocket.twilio.FormBody;
import io.steadyline.websocket.twilio.TwilioUrls;
import io.steadyline.websocket.twilio.VoiceWebhook;
import io.steadyline.websocket.twilio.VoiceWebhook.KnownCall;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Twilio's voice webhook: what a call does at its beginning, and after its stream was lost. */
final class VoiceHandler implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(VoiceHandler.class);
    private static final long RETURN_WINDOW_NS = 600_000_000_000L;

    private final ServerConfig config;
    private final PeerGuard guard;
    private final Function<String, Optional<CallView>> knownCalls;
    private final CallReturns returns;
    private final MediaLoop loop;
    private final Admission admission;
    private final TokenGate tokens;
    private final IngressObserver observer;

    VoiceHandler(Ingress ingress, PeerGuard guard, Function<String, Optional<CallView>> knownCalls) {
        this.config = ingress.config();
        this.guard = guard;
        this.knownCalls = knownCalls;
        this.loop = ingress.loop();
        this.admission = ingress.admission();
        this.tokens = ingress.tokens();
        this.observer = ingress.observer();
        this.returns = new CallReturns(10_000, config.maxReturns(), RETURN_WINDOW_NS);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        if (!exchange.getRequestMethod().equals(Methods.POST)) {
            exchange.getResponseHeaders().put(Headers.ALLOW, "POST");
            HttpAnswers.text(
                    exchange,
                    StatusCodes.METHOD_NOT_ALLOWED,
                    "method: " + exchange.getRequestMethod() + " (expected: POST)");
            return;
        }
        if (exchange.getRequestContentLength() > FormBody.MAX_BYTES) {
            refuseTooLarge(exchange);
            return;
        }
        exchange.setMaxEntitySize(FormBody.MAX_BYTES);
        exchange.getRequestReceiver().receiveFullBytes(this::onBody, (failed, _) -> refuseTooLarge(failed));
    }

    private void onBody(HttpServerExchange exchange, byte[] body) {
        // Undertow counts a chunked body only after it has handed out its first buffer.
        if (body.length > FormBody.MAX_BYTES) {
            refuseTooLarge(exchange);
            return;
        }
        FormBody form;
        try {
            form = FormBody.parse(body);
        } catch (FormBody.Malformed malformed) {
            HttpAnswers.text(exchange, StatusCodes.BAD_REQUEST, String.valueOf(malformed.getMessage()));
            return;
        }
        String query = exchange.getQueryString().isEmpty() ? null : exchange.getQueryString();
        if (guard.admits(exchange, signed -> isSigned(signed, form, query))) {
            answer(exchange, form, query);
        }
    }

    private void answer(HttpServerExchange exchange, FormBody form, @Nullable String query) {
        String callSid = form.first("CallSid");
        KnownCall known =
                knownCalls.apply(callSid).map(VoiceHandler::knowledgeOf).orElse(KnownCall.NEW);
        boolean isReturn = VoiceWebhook.isCallSid(callSid) && VoiceWebhook.isReturn(query, known);
        int returnsSoFar = isReturn ? returns.note(callSid, loop.nowNs()) : 0;
        VoiceWebhook webhook = new VoiceWebhook(
                urlsFor(exchange),
                config.maxReturns(),
                config.farewell().orElse(null),
                config.fallbackUrl().orElse(null));
        VoiceWebhook.Answer answer = webhook.answer(form, query, known, returnsSoFar, tokens::parametersFor);
        boolean streams = answer.decision() == VoiceWebhook.Decision.CONNECT
                || answer.decision() == VoiceWebhook.Decision.RECONNECT;
        Optional<Refused> refusal =
                streams ? admission.refusalOfCall(new CallId(callSid), false, loop.nowNs()) : Optional.empty();
        if (refusal.isPresent()) {
            // An error lets the provider go on to the number's fallback URL; a stream would only be refused.
            LOG.atLevel(refusal.get().logLevel())
                    .log(
                            "voice webhook: call {} refused: {}",
                            callSid,
                            refusal.get().why());
            observer.onSocketRefused(refusal.get().reason());
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, "2");
            HttpAnswers.text(
                    exchange, StatusCodes.SERVICE_UNAVAILABLE, refusal.get().why());
            return;
        }
        LOG.info("voice webhook: call {} {} ({})", Printable.of(callSid), answer.decision(), answer.reason());
        int status = answer.decision() == VoiceWebhook.Decision.REFUSE ? StatusCodes.BAD_REQUEST : StatusCodes.OK;
        HttpAnswers.send(exchange, status, "text/xml; charset=utf-8", answer.twiml());
    }

    private boolean isSigned(PeerGuard.Signed signed, FormBody form, @Nullable String query) {
        return config.publicUrls()
                .map(urls -> signed.validator()
                        .matchesForm(urls.webhookUrl(TwilioUrls.VOICE_PATH, query), form, signed.given()))
                .orElse(false);
    }

    /** Without a configured public URL only this machine is served, and it can be sent where it asked. */
    private TwilioUrls urlsFor(HttpServerExchange exchange) {
        return config.publicUrls().orElseGet(() -> new TwilioUrls("http://" + exchange.getHostAndPort()));
    }

    private static KnownCall knowledgeOf(CallView call) {
        if (call.end().isEmpty()) {
            return KnownCall.LIVE_OR_LOST;
        }
        return switch (call.end().get().reason()) {
            case HANG_UP, AGENT_HANG_UP, ADMIN_END -> KnownCall.FINISHED;
            case AGENT_LOST -> KnownCall.WITHOUT_BOT;
            case DRAIN, STREAM_LOST, IDLE, PEER_STALLED, INTERNAL_ERROR -> KnownCall.LIVE_OR_LOST;
        };
    }

    private static void refuseTooLarge(HttpServerExchange exchange) {
        HttpAnswers.text(
                exchange,
                StatusCodes.REQUEST_ENTITY_TOO_LARGE,
                "body over the limit (expected: at most " + FormBody.MAX_BYTES + " bytes)");
    }
}
