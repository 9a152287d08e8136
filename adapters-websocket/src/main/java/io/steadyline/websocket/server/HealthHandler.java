package io.steadyline.websocket.server;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Readiness: whether new calls should be sent here, and if not, why not; and what an operator should know besides. */
final class HealthHandler implements HttpHandler {

    private final Admission admission;
    private final Supplier<List<String>> notes;

    HealthHandler(Admission admission, Supplier<List<String>> notes) {
        this.admission = admission;
        this.notes = notes;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        int status = admission.reasonsNotReady().isEmpty() ? StatusCodes.OK : StatusCodes.SERVICE_UNAVAILABLE;
        HttpAnswers.send(exchange, status, "application/json", json(admission, notes.get()));
    }

    static String json(Admission admission, List<String> notes) {
        List<String> reasons = admission.reasonsNotReady();
        List<String> all = new ArrayList<>(notes);
        if (!admission.overload().isEmpty()) {
            all.add(admission.overload());
        }
        return "{\"ready\":" + reasons.isEmpty() + ",\"reasons\":" + array(reasons) + ",\"notes\":" + array(all)
                + ",\"calls\":" + admission.liveCalls() + "}\n";
    }

    private static String array(List<String> texts) {
        return texts.stream().map(HealthHandler::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            switch (c) {
                case '"', '\\' -> json.append('\\').append((char) c);
                default -> {
                    if (c >= ' ') {
                        json.append((char) c);
                    }
                }
            }
        });
        return json.append('"').toString();
    }
}
