package dev.datastudio.graph.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunIdTest {
    @Test
    void neverGivesTheSameIdTwiceOnSeveralThreads() {
        int count = 200_000;
        Set<String> seen = ConcurrentHashMap.newKeySet();

        IntStream.range(0, count)
                .parallel()
                .forEach(i -> seen.add(RunId.random().value()));

        assertEquals(count, seen.size());
    }

    @Test
    void beginsWithTheTimeSoThatLaterIdsSortBehindEarlierOnes() {
        long before = System.currentTimeMillis();

        String id = RunId.random().value();

        long time = Long.parseLong(id.substring(0, 12), 16);
        assertTrue(before <= time && time <= System.currentTimeMillis(), id);
        assertTrue(id.matches("[0-9a-f]{12}-[0-9a-f]{16}"), id);
    }

    @Test
    void namesTheRuleThatAnIdBreaks() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> new RunId("a b"));

        assertEquals(
                "value must be 1 to 64 letters, digits, '-' or '_', beginning with a letter or digit, was 'a b'",
                e.getMessage());
    }
}
