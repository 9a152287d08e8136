package io.steadyline.grpc.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.grpc.TestCalls;
import io.steadyline.port.AgentControl;
import io.steadyline.port.AgentDoor.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AgentDeskTest {

    private static final long S = 1_000_000_000L;

    private final AgentDesk desk = new AgentDesk(AgentLimits.DEFAULTS);

    private static Wanted anyBot() {
        return wanted(null, null);
    }

    private static Wanted wanted(@Nullable String preferred, @Nullable String only) {
        return new Wanted(
                TestCalls.live("CA1", 1).facts(), "", Optional.ofNullable(preferred), Optional.ofNullable(only));
    }

    private String bot(String name, int capacity, BotRule... rules) {
        return desk.register(new BotProfile(name, "1", capacity, Map.of(), List.of(rules)), 0)
                .orElseThrow();
    }

    private Optional<String> choose(Wanted wanted) {
        return desk.choose(wanted, Set.of(), 0);
    }

    @Nested
    class Choice {

        @Test
        void shouldAskTheLeastLoadedFirst() {
            String small = bot("small", 2);
            String big = bot("big", 10);

            assertThat(choose(anyBot())).contains(small);
            assertThat(choose(anyBot())).contains(big);
            assertThat(choose(anyBot())).as("1 of 10 against 1 of 2").contains(big);
        }

        @Test
        void shouldAskTheLongestNotAskedAmongEquals() {
            String one = bot("one", 10);
            String two = bot("two", 10);
            choose(anyBot());
            desk.settle(one, OfferEnd.DECLINED, "", 0);

            assertThat(choose(anyBot())).contains(two);
            desk.settle(two, OfferEnd.DECLINED, "", 0);
            assertThat(choose(anyBot())).contains(one);
        }

        @Test
        void shouldAskTheBotThatHadTheCallThenOneOfItsName() {
            bot("other", 10);
            String first = bot("sales", 10);
            String second = bot("sales", 10);

            assertThat(choose(wanted(second, null))).contains(second);
            desk.settle(second, OfferEnd.GONE, "", 0);
            desk.leave(second);
            assertThat(choose(wanted(second, null))).contains(first);
        }

        @Test
        void shouldAskNobodyElseWhenOneIsMeant() {
            bot("other", 10);
            String sales = bot("sales", 10);

            assertThat(choose(wanted(null, "sales"))).contains(sales);
            assertThat(choose(wanted(null, sales))).contains(sales);
            assertThat(choose(wanted(null, "support"))).isEmpty();
            assertThat(desk.whyNobody(wanted(null, "support"))).isEqualTo("no bot support is registered");
        }

        @Test
        void shouldAskASlowBotLastForThirtySeconds() {
            String slow = bot("a-slow", 10);
            String other = bot("other", 1);
            assertThat(choose(anyBot())).contains(slow);
            desk.settle(slow, OfferEnd.NO_ANSWER, "", 5 * S);

            assertThat(desk.choose(wanted(slow, null), Set.of(), 35 * S - 1)).contains(other);
            desk.settle(other, OfferEnd.WITHDRAWN, "", 6 * S);
            assertThat(desk.choose(wanted(slow, null), Set.of(), 35 * S)).contains(slow);
        }

        @Test
        void shouldAskASlowBotWhenThereIsNoOther() {
            String slow = bot("slow", 10);
            choose(anyBot());
            desk.settle(slow, OfferEnd.NOT_OPENED, "", 0);

            assertThat(choose(anyBot())).contains(slow);
        }
    }

    @Nested
    class Nobody {

        @Test
        void shouldSayThatNoneIsRegistered() {
            assertThat(desk.whyNobody(anyBot())).isEqualTo("no bot is registered");
        }

        @Test
        void shouldCountWhyNoneMayTakeTheCall() {
            desk.ready(bot("resting", 1), false);
            bot("drained", 1);
            desk.drain("drained", true);
            bot("full", 1);
            choose(anyBot());
            bot("others", 1, new BotRule("", "telnyx", Map.of()));

            assertThat(choose(anyBot())).isEmpty();
            assertThat(desk.whyNobody(anyBot())).isEqualTo("4 bots: 1 not ready, 1 drained, 1 for other calls, 1 full");
        }
    }

    @Nested
    class Rules {

        @Test
        void shouldTakeACallThatMatchesAnyRule() {
            bot("a", 1, new BotRule("", "telnyx", Map.of()), new BotRule("AC7", "twilio", Map.of("lang", "de")));

            assertThat(choose(anyBot())).isPresent();
        }

        @Test
        void shouldWantAllOfARule() {
            assertThat(matches(new BotRule("AC7", "twilio", Map.of("lang", "de"))))
                    .isTrue();
            assertThat(matches(new BotRule("AC8", "twilio", Map.of("lang", "de"))))
                    .isFalse();
            assertThat(matches(new BotRule("AC7", "telnyx", Map.of("lang", "de"))))
                    .isFalse();
            assertThat(matches(new BotRule("AC7", "twilio", Map.of("lang", "en"))))
                    .isFalse();
            assertThat(matches(new BotRule("", "", Map.of("lang", "*")))).isTrue();
            assertThat(matches(new BotRule("", "", Map.of("to", "*")))).isFalse();
            assertThat(matches(new BotRule("", "", Map.of()))).isTrue();
        }

        private static boolean matches(BotRule rule) {
            return rule.matches(anyBot().facts());
        }
    }

    @Nested
    class Operators {

        @Test
        void shouldSeeWhatBecameOfOffers() {
            String sales = bot("sales", 5, new BotRule("AC7", "", Map.of("lang", "de")));
            for (OfferEnd end : OfferEnd.values()) {
                choose(anyBot());
                desk.settle(sales, end, end == OfferEnd.GONE ? "its machine burns" : "", 0);
            }
            assertThat(desk.bots(3 * S).getFirst())
                    .isEqualTo(new AgentControl.Bot(
                            sales,
                            "sales",
                            "1",
                            Map.of(),
                            List.of("account AC7, lang=de"),
                            5,
                            1,
                            true,
                            false,
                            true,
                            Duration.ofSeconds(3),
                            new AgentControl.Offers(1, 1, 1, 1, 1, 1),
                            "went away: its machine burns"));
        }

        @Test
        void shouldKeepADrainByNameForBotsThatComeLater() {
            String first = bot("sales", 5);
            assertThat(desk.drain("sales", true)).isEqualTo(1);
            desk.leave(first);
            bot("sales", 5);

            assertThat(choose(anyBot())).isEmpty();
            assertThat(desk.drain("sales", false)).isEqualTo(1);
            assertThat(choose(anyBot())).isPresent();
        }

        @Test
        void shouldDrainOneOfTwoById() {
            String first = bot("sales", 5);
            String second = bot("sales", 5);

            assertThat(desk.drain(first, true)).isEqualTo(1);

            assertThat(choose(anyBot())).contains(second);
            assertThat(choose(anyBot())).contains(second);
            assertThat(desk.drain("nobody", true)).isZero();
        }

        @Test
        void shouldShowABotThatLeftUntilItsLastCallIsOver() {
            String sales = bot("sales", 5);
            choose(anyBot());
            desk.settle(sales, OfferEnd.ACCEPTED, "", 0);
            desk.leave(sales);

            assertThat(desk.bots(0)).singleElement().satisfies(bot -> {
                assertThat(bot.connected()).isFalse();
                assertThat(bot.running()).isEqualTo(1);
            });
            desk.release(sales);
            assertThat(desk.bots(0)).isEmpty();
        }
    }

    @Test
    void shouldTakeSoManyBotsAndNoMore() {
        AgentDesk small = new AgentDesk(
                new AgentLimits(1, Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(10), 2_048));
        BotProfile profile = new BotProfile("a", "1", 1, Map.of(), List.of());

        String first = small.register(profile, 0).orElseThrow();
        assertThat(small.register(profile, 0)).isEmpty();
        small.leave(first);
        assertThat(small.register(profile, 0)).isPresent();
    }
}
