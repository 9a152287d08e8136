package io.steadyline.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.testkit.Seeds;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LatestCountsTest {

    @Test
    void shouldKnowNothingAtFirst() {
        LatestCounts counts = new LatestCounts();

        assertThat(counts.all()).isEmpty();
        assertThat(counts.of(QueueName.RX)).isEmpty();
    }

    /** Against a map of the records themselves. */
    @Test
    void shouldAgreeWithAMapOfRecords() {
        Seeds.forEach(50, (seed, random) -> {
            LatestCounts counts = new LatestCounts();
            Map<QueueName, QueueCounts> model = new TreeMap<>();
            for (int i = 0; i < 30; i++) {
                QueueCounts told = any(random);
                counts.put(told);
                model.put(told.queue(), told);
                assertThat(counts.of(told.queue())).contains(told);
                assertThat(counts.all()).isEqualTo(List.copyOf(model.values()));
            }
        });
    }

    private static QueueCounts any(RandomGenerator random) {
        QueueName[] queues = QueueName.values();
        return new QueueCounts(
                queues[random.nextInt(queues.length)],
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextInt(),
                random.nextInt(),
                random.nextInt());
    }
}
