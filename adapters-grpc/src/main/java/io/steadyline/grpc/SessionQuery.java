package io.steadyline.grpc;

import io.steadyline.admin.v1.ListSessionsRequest;
import io.steadyline.admin.v1.ListSessionsResponse;
import io.steadyline.admin.v1.SessionState;
import io.steadyline.call.CallView;
import io.steadyline.signal.Printable;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a client wants to see of the list of calls: filters and the page. */
final class SessionQuery {

    private static final int DEFAULT_PAGE_SIZE = 100;
    private static final int MAX_PAGE_SIZE = 500;
    private static final int MAX_TEXT_CHARS = 128;

    private final Set<SessionState> states;
    private final boolean unhealthyOnly;
    private final String text;
    private final int pageSize;
    private final Optional<PageKey> after;

    private SessionQuery(
            Set<SessionState> states, boolean unhealthyOnly, String text, int pageSize, Optional<PageKey> after) {
        this.states = states;
        this.unhealthyOnly = unhealthyOnly;
        this.text = text;
        this.pageSize = pageSize;
        this.after = after;
    }

    /** @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT, naming the field */
    static SessionQuery of(ListSessionsRequest request) {
        if (request.getText().length() > MAX_TEXT_CHARS) {
            throw Refusals.invalid(
                    "text", request.getText().length() + " characters", "at most " + MAX_TEXT_CHARS + " characters");
        }
        return new SessionQuery(
                states(request),
                request.getUnhealthyOnly(),
                request.getText().toLowerCase(Locale.ROOT),
                pageSize(request.getPageSize()),
                after(request.getPageToken()));
    }

    ListSessionsResponse answer(List<CallView> calls) {
        List<CallView> matching = calls.stream()
                .filter(this::matches)
                .sorted(Comparator.comparing(PageKey::of, PageKey.ORDER))
                .toList();
        List<CallView> rest = matching.stream().filter(this::isAfter).toList();
        ListSessionsResponse.Builder page = ListSessionsResponse.newBuilder().setTotal(matching.size());
        rest.stream().limit(pageSize).map(SessionMapper::session).forEach(page::addSessions);
        if (rest.size() > pageSize) {
            page.setNextPageToken(PageKey.of(rest.get(pageSize - 1)).token());
        }
        return page.build();
    }

    private boolean matches(CallView call) {
        return (states.isEmpty() || states.contains(EnumMapper.of(call.state())))
                && !(unhealthyOnly && call.verdict().isHealthy())
                && (contains(call.facts().callId().value())
                        || contains(call.facts().streamId().value())
                        || contains(call.agent()));
    }

    private boolean contains(String value) {
        return value.toLowerCase(Locale.ROOT).contains(text);
    }

    private boolean isAfter(CallView call) {
        return after.isEmpty() || PageKey.ORDER.compare(PageKey.of(call), after.get()) > 0;
    }

    private static Set<SessionState> states(ListSessionsRequest request) {
        Set<SessionState> states = EnumSet.noneOf(SessionState.class);
        for (SessionState state : request.getStatesList()) {
            if (state == SessionState.SESSION_STATE_UNSPECIFIED || state == SessionState.UNRECOGNIZED) {
                throw Refusals.invalid("states", state, "CONNECTING, ACTIVE, DRAINING, LINGERING or CLOSED");
            }
            states.add(state);
        }
        return states;
    }

    private static int pageSize(int requested) {
        if (requested < 0 || requested > MAX_PAGE_SIZE) {
            throw Refusals.invalid("page_size", requested, "1 to " + MAX_PAGE_SIZE + ", or 0 for " + DEFAULT_PAGE_SIZE);
        }
        return requested == 0 ? DEFAULT_PAGE_SIZE : requested;
    }

    private static Optional<PageKey> after(String token) {
        if (token.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(PageKey.parse(token));
        } catch (IllegalArgumentException e) {
            throw Refusals.invalid(
                    "page_token", "'" + Printable.of(token) + "'", "next_page_token of the page before, or nothing");
        }
    }
}
