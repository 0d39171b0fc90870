package dev.datastudio.testkit.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeededExecutorTest {
    /** The order in which five tasks begin and end, each letting others pass in its middle. */
    private static List<String> order(long seed) {
        SeededExecutor executor = SeededExecutor.of(seed);
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String name = "task " + i;
            executor.execute(() -> {
                order.add(name + " begins");
                executor.pass();
                order.add(name + " ends");
            });
        }
        executor.finish();
        return order;
    }

    @Test
    void aSeedDecidesTheOrder() {
        for (long seed = 0; seed < 100; seed++) {
            assertEquals(order(seed), order(seed));
        }
    }

    @Test
    void manySeedsGiveManyOrders() {
        Set<List<String>> orders = new HashSet<>();
        for (long seed = 0; seed < 1_000; seed++) {
            orders.add(order(seed));
        }

        assertTrue(orders.size() > 200, "only " + orders.size() + " orders");
    }

    @Test
    void everythingIsDoneOnce() {
        for (long seed = 0; seed < 100; seed++) {
            List<String> ends = order(seed).stream()
                    .filter(each -> each.endsWith("ends"))
                    .sorted()
                    .toList();

            assertEquals(
                    IntStream.range(0, 5).mapToObj(i -> "task " + i + " ends").toList(), ends);
        }
    }
}
