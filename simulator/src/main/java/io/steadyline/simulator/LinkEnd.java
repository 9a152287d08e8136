package io.steadyline.simulator;

import io.steadyline.simulator.CallReport.Outcome;
import io.steadyline.simulator.ws.CloseStatus;
import java.util.OptionalInt;

/** How a link came to its end. */
record LinkEnd(Outcome outcome, OptionalInt httpStatus, OptionalInt closeCode, String closeReason, String detail) {

    static LinkEnd of(Outcome outcome, String detail) {
        return new LinkEnd(outcome, OptionalInt.empty(), OptionalInt.empty(), "", detail);
    }

    static LinkEnd refused(int httpStatus, String why) {
        OptionalInt status = httpStatus == 0 ? OptionalInt.empty() : OptionalInt.of(httpStatus);
        return new LinkEnd(Outcome.REFUSED, status, OptionalInt.empty(), "", why);
    }

    static LinkEnd closedByServer(CloseStatus status) {
        return of(Outcome.SERVER_CLOSED, "").withClose(status);
    }

    LinkEnd withClose(CloseStatus status) {
        return new LinkEnd(outcome, httpStatus, OptionalInt.of(status.code()), status.reason(), detail);
    }

    LinkEnd withDetail(String more) {
        return new LinkEnd(outcome, httpStatus, closeCode, closeReason, detail.isEmpty() ? more : detail + "; " + more);
    }
}
