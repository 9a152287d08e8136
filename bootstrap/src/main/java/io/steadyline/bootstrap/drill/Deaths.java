package io.steadyline.bootstrap.drill;

import io.steadyline.simulator.Simulator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Every end that can be produced here, with and without a parent that waits, against what the next boot says of it. */
final class Deaths {

    private Deaths() {}

    static DrillResult all(DrillContext context) throws Exception {
        HealthProbe probe = HealthProbe.onFreePort();
        try (Obstacles obstacles = Obstacles.in(context.setUp().directory())) {
            DeathTable table = run(context, DeathList.all(probe, obstacles), obstacles);
            table.lines().forEach(context::say);
            table.judge();
            return new DrillResult(table.sum(), "as in the drills of their own");
        }
    }

    static DeathTable run(DrillContext context, List<Death> deaths, Obstacles obstacles) throws Exception {
        DeathTable table = new DeathTable();
        try (Simulator provider = Simulator.start()) {
            long last = 0;
            for (boolean hasKeeper : List.of(true, false)) {
                Succession succession = new Succession(context, hasKeeper, provider, obstacles, last);
                for (int i = 0; i < deaths.size(); i++) {
                    Optional<Death> next = i + 1 < deaths.size() ? Optional.of(deaths.get(i + 1)) : Optional.empty();
                    add(context, table, succession, deaths.get(i), next);
                }
                last = succession.end();
            }
        }
        return table;
    }

    private static void add(
            DrillContext context, DeathTable table, Succession succession, Death death, Optional<Death> next)
            throws Exception {
        long beganNs = System.nanoTime();
        Finding finding = succession.die(death, next);
        table.add(death, succession.hasKeeper(), finding);
        context.say(String.format(
                Locale.ROOT,
                "%s, %s: %s: %s (%.1f s)%s",
                death.what(),
                succession.hasKeeper() ? "with a parent" : "alone",
                finding.said(),
                finding.judgement().words(),
                (System.nanoTime() - beganNs) / 1e9,
                finding.judgement() == Finding.Judgement.WRONG ? ": " + finding.detail() : ""));
    }
}
