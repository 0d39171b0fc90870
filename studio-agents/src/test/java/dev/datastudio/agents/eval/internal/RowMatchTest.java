package dev.datastudio.agents.eval.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.eval.internal.RowMatch.Columns;
import dev.datastudio.agents.eval.internal.RowMatch.RowOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowMatchTest {
    private static final List<List<@Nullable Object>> EXPECTED =
            rows(row("East", 3L), row("West", 5L), row("West", 5L));

    @Test
    void acceptsTheRowsInAnyOrderOfRowsAndColumns() {
        assertTrue(all(rows(row("West", 5L), row("East", 3L), row("West", 5.0))));
        assertTrue(all(rows(row(5L, "West"), row(5L, "West"), row(3L, "East"))));
    }

    @Test
    void refusesAnotherNumber() {
        assertFalse(all(rows(row("East", 3L), row("West", 5L), row("West", 6L))));
    }

    @Test
    void refusesAMissingAndAnExtraRow() {
        assertFalse(all(rows(row("East", 3L), row("West", 5L))));
        assertFalse(all(rows(row("East", 3L), row("West", 5L), row("West", 5L), row("West", 5L))));
    }

    @Test
    void countsHowOftenARowComes() {
        assertFalse(all(rows(row("East", 3L), row("East", 3L), row("West", 5L))));
    }

    @Test
    void refusesAnotherColumnAndAMissingOne() {
        assertFalse(all(rows(row("East", 7L), row("West", 8L), row("West", 9L))));
        assertFalse(all(rows(row("East"), row("West"), row("West"))));
    }

    @Test
    void refusesAnExtraColumnUnlessASubsetIsAskedFor() {
        List<List<@Nullable Object>> wider = rows(row(1L, "East", 3L), row(2L, "West", 5L), row(3L, "West", 5L));

        assertFalse(all(wider));
        assertTrue(RowMatch.matches(EXPECTED, wider, Columns.SUBSET, RowOrder.ANY));
    }

    @Test
    void wantsTheValuesOfARowTogether() {
        assertFalse(RowMatch.matches(
                rows(row("East", 3L), row("West", 5L)),
                rows(row("East", 5L), row("West", 3L)),
                Columns.SUBSET,
                RowOrder.ANY));
    }

    @Test
    void doesNotTakeOneColumnForTwo() {
        assertFalse(RowMatch.matches(
                rows(row(1L, 1L), row(2L, 2L)), rows(row(1L, 9L), row(2L, 9L)), Columns.SUBSET, RowOrder.ANY));
    }

    @Test
    void findsTheAssignmentAmongColumnsThatLookAlike() {
        assertTrue(RowMatch.matches(
                rows(row(1L, 2L), row(2L, 1L), row(1L, 1L)),
                rows(row(9L, 1L, 2L), row(9L, 2L, 1L), row(9L, 1L, 1L)),
                Columns.SUBSET,
                RowOrder.SAME));
    }

    @Test
    void refusesAnotherOrderWhereOrderMatters() {
        List<List<@Nullable Object>> other = rows(row("West", 5L), row("East", 3L), row("West", 5L));

        assertTrue(RowMatch.matches(EXPECTED, other, Columns.ALL, RowOrder.ANY));
        assertFalse(RowMatch.matches(EXPECTED, other, Columns.ALL, RowOrder.SAME));
        assertTrue(RowMatch.matches(EXPECTED, EXPECTED, Columns.ALL, RowOrder.SAME));
    }

    @Test
    void takesNoRowsForNoRowsOnly() {
        assertTrue(RowMatch.matches(List.of(), List.of(), Columns.ALL, RowOrder.ANY));
        assertFalse(RowMatch.matches(List.of(), rows(row(1L)), Columns.ALL, RowOrder.ANY));
        assertFalse(all(List.of()));
    }

    private static boolean all(List<List<@Nullable Object>> got) {
        return RowMatch.matches(EXPECTED, got, Columns.ALL, RowOrder.ANY);
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    @SafeVarargs
    private static List<List<@Nullable Object>> rows(List<@Nullable Object>... rows) {
        List<List<@Nullable Object>> list = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            list.add(row);
        }
        return list;
    }
}
