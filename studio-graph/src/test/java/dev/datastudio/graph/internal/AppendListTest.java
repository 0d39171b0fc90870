package dev.datastudio.graph.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AppendListTest {
    @Test
    void listsThatGrewFromOneAnotherNeverChange() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<AppendList> lists = new ArrayList<>(List.of(AppendList.EMPTY));
        List<List<Object>> expected = new ArrayList<>(List.of(List.of()));

        for (int i = 0; i < 2_000; i++) {
            int from = random.nextBoolean() ? lists.size() - 1 : random.nextInt(lists.size());
            List<Object> more = new ArrayList<>();
            for (int j = random.nextInt(4); j > 0; j--) {
                more.add(random.nextInt());
            }
            List<Object> longer = new ArrayList<>(expected.get(from));
            longer.addAll(more);
            lists.add(lists.get(from).plus(more));
            expected.add(longer);
        }

        assertEquals(expected, lists, "seed " + seed);
    }

    @Test
    void anIndexBehindTheEndIsRefusedThoughTheSharedArrayHasIt() {
        AppendList one = AppendList.EMPTY.plus(List.of("a"));
        AppendList two = one.plus(List.of("b"));

        assertEquals("b", two.get(1));
        assertThrows(IndexOutOfBoundsException.class, () -> one.get(1));
    }
}
