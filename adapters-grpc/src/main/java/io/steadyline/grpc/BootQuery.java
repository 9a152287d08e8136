package io.steadyline.grpc;

import io.steadyline.admin.v1.BootEndCause;
import io.steadyline.admin.v1.ListBootsRequest;
import io.steadyline.admin.v1.ListBootsResponse;
import io.steadyline.port.BootHistory;
import io.steadyline.restart.BootReport;
import io.steadyline.signal.Printable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a client wants to see of the list of boots: filter and page. A boot's place in the list is its number alone, so a
 * page token still means something when the process was started anew in between.
 */
final class BootQuery {

    private static final int DEFAULT_PAGE_SIZE = 100;
    private static final int MAX_PAGE_SIZE = 500;
    private static final String TOKEN_MARK = "before ";

    private final Set<BootEndCause> causes;
    private final int pageSize;
    private final long below;

    private BootQuery(Set<BootEndCause> causes, int pageSize, long below) {
        this.causes = causes;
        this.pageSize = pageSize;
        this.below = below;
    }

    /** @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT, naming the field */
    static BootQuery of(ListBootsRequest request) {
        return new BootQuery(causes(request), pageSize(request.getPageSize()), below(request.getPageToken()));
    }

    ListBootsResponse answer(BootHistory history) {
        List<BootReport> matching = history.ended().stream()
                .filter(report -> causes.isEmpty()
                        || causes.contains(EnumMapper.of(report.diagnosis().cause())))
                .sorted(Comparator.comparingLong(
                                (BootReport report) -> report.boot().number())
                        .reversed())
                .toList();
        List<BootReport> rest = matching.stream()
                .filter(report -> report.boot().number() < below)
                .toList();
        ListBootsResponse.Builder page = ListBootsResponse.newBuilder()
                .setCurrent(BootMapper.boot(history.current()))
                .setTotal(matching.size())
                .setPattern(history.pattern().orElse(""));
        rest.stream().limit(pageSize).map(BootMapper::boot).forEach(page::addBoots);
        if (rest.size() > pageSize) {
            page.setNextPageToken(token(rest.get(pageSize - 1).boot().number()));
        }
        return page.build();
    }

    private static Set<BootEndCause> causes(ListBootsRequest request) {
        Set<BootEndCause> causes = EnumSet.noneOf(BootEndCause.class);
        for (BootEndCause cause : request.getCausesList()) {
            if (cause == BootEndCause.BOOT_END_CAUSE_UNSPECIFIED || cause == BootEndCause.UNRECOGNIZED) {
                throw Refusals.invalid("causes", cause, "a cause, such as SIGKILL or KERNEL_OOM");
            }
            causes.add(cause);
        }
        return causes;
    }

    private static int pageSize(int requested) {
        if (requested < 0 || requested > MAX_PAGE_SIZE) {
            throw Refusals.invalid("page_size", requested, "1 to " + MAX_PAGE_SIZE + ", or 0 for " + DEFAULT_PAGE_SIZE);
        }
        return requested == 0 ? DEFAULT_PAGE_SIZE : requested;
    }

    private static String token(long number) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((TOKEN_MARK + number).getBytes(StandardCharsets.UTF_8));
    }

    private static long below(String token) {
        if (token.isEmpty()) {
            return Long.MAX_VALUE;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (!text.startsWith(TOKEN_MARK)) {
                throw new IllegalArgumentException("page token without its mark");
            }
            return Long.parseLong(text.substring(TOKEN_MARK.length()));
        } catch (IllegalArgumentException e) {
            throw Refusals.invalid(
                    "page_token", "'" + Printable.of(token) + "'", "next_page_token of the page before, or nothing");
        }
    }
}
