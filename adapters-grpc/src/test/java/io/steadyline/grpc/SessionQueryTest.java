package io.steadyline.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.admin.v1.ListSessionsRequest;
import io.steadyline.admin.v1.ListSessionsResponse;
import io.steadyline.admin.v1.Session;
import io.steadyline.call.CallView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionQueryTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldNeverMissACallThatIsThereAllTheTimeWhileOthersStartAndEnd(long seed) {
        Random random = new Random(seed);
        Map<String, CallView> calls = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            int startedAtS = random.nextInt(20);
            calls.put(
                    "CA" + i,
                    random.nextBoolean()
                            ? TestCalls.live("CA" + i, startedAtS)
                            : TestCalls.ended("CA" + i, startedAtS));
        }
        Set<String> thereAllTheTime = new HashSet<>(calls.keySet());
        Set<String> seen = new HashSet<>();
        String token = "";
        do {
            ListSessionsResponse page = SessionQuery.of(ListSessionsRequest.newBuilder()
                            .setPageSize(1 + random.nextInt(7))
                            .setPageToken(token)
                            .build())
                    .answer(shuffled(calls, random));
            page.getSessionsList().stream().map(Session::getCallId).forEach(seen::add);
            token = page.getNextPageToken();
            endOne(calls, random);
            calls.remove("CA-new" + random.nextInt(100));
            String fresh = "CA-new" + random.nextInt(100);
            calls.put(fresh, TestCalls.live(fresh, 30));
        } while (!token.isEmpty());

        assertThat(seen).as("seen, seed %d", seed).containsAll(thereAllTheTime);
    }

    private static void endOne(Map<String, CallView> calls, Random random) {
        calls.computeIfPresent(
                "CA" + random.nextInt(60),
                (id, call) -> TestCalls.ended(id, (int)
                        Duration.between(TestCalls.EPOCH, call.startedAt()).toSeconds()));
    }

    private static List<CallView> shuffled(Map<String, CallView> calls, Random random) {
        List<CallView> list = new ArrayList<>(calls.values());
        Collections.shuffle(list, random);
        return list;
    }

    @Test
    void shouldContinueAfterACallThatIsGone() {
        ListSessionsResponse first = SessionQuery.of(
                        ListSessionsRequest.newBuilder().setPageSize(2).build())
                .answer(List.of(TestCalls.live("CA1", 1), TestCalls.live("CA2", 2), TestCalls.live("CA3", 3)));

        ListSessionsResponse second = SessionQuery.of(ListSessionsRequest.newBuilder()
                        .setPageSize(2)
                        .setPageToken(first.getNextPageToken())
                        .build())
                .answer(List.of(TestCalls.live("CA3", 3)));

        assertThat(second.getSessionsList()).extracting(Session::getCallId).containsExactly("CA3");
    }

    @Test
    void shouldKeepEveryPartOfAPlaceInItsToken() {
        PageKey key = new PageKey(false, Instant.ofEpochSecond(1_767_225_601L, 123_456_789), "CA with spaces µ");

        assertThat(PageKey.parse(key.token())).isEqualTo(key);
    }
}
