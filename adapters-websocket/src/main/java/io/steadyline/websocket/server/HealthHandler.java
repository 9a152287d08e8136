package io.steadyline.websocket.server;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.util.List;
import java.util.stream.Collectors;

/** Readiness: whether new calls should be sent here, and if not, why not. */
final class HealthHandler implements HttpHandler {

    private final Admission admission;

    HealthHandler(Admission admission) {
        this.admission = admission;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        List<String> reasons = admission.reasonsNotReady();
        String quoted = reasons.stream().map(reason -> '"' + reason + '"').collect(Collectors.joining(","));
        String json = "{\"ready\":" + reasons.isEmpty() + ",\"reasons\":[" + quoted + "],\"calls\":"
                + admission.liveCalls() + "}\n";
        int status = reasons.isEmpty() ? StatusCodes.OK : StatusCodes.SERVICE_UNAVAILABLE;
        HttpAnswers.send(exchange, status, "application/json", json);
    }
}
