package dev.datastudio.agents.planner.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.planner.ValueIndex;
import dev.datastudio.agents.vocabulary.Vocabulary;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.tenant.Caller;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the words of stored values take in memory is counted and bounded (D12). */
class TablePlannersTest {
    private static final int VALUES = 1_000;
    private static final long MOST = 1_000_000;
    private static final Column TOWN = new Column("town", ColumnType.TEXT, ColumnRole.DIMENSION, "", VALUES, 0);

    private final TablePlanners planners = new TablePlanners(Meanings.none(), MOST);

    private static Dataset table(String name) {
        return new Dataset(
                DatasetId.random(),
                Caller.LOCAL,
                name + ".csv",
                1,
                Origin.UNKNOWN,
                name,
                "hash of " + name,
                VALUES,
                List.of(TOWN),
                List.of(),
                Instant.EPOCH,
                "local/local/uploads/" + name);
    }

    private TablePlanner planner(Dataset table, IntFunction<String> value) {
        List<String> values = IntStream.range(0, VALUES).mapToObj(value).toList();
        ValueIndex index = ValueIndex.builder().add(table, TOWN, values).build();
        return planners.planner(table, index, Vocabulary.EMPTY);
    }

    @Test
    void leavesTheTableThatWasAskedAboutLongestAgoWhenTheWordsTakeTooMuch() {
        for (int i = 0; i < 12; i++) {
            planner(table("places" + i), v -> "Town number " + v);

            assertTrue(planners.bytes() <= MOST, () -> "took " + planners.bytes());
        }
        assertTrue(planners.bytes() > MOST / 2, () -> "took " + planners.bytes());
    }

    @Test
    void keepsATableThatTakesTooMuchWhileItIsTheLatest() {
        Dataset large = table("large");
        ValueIndex values = ValueIndex.builder()
                .add(
                        large,
                        TOWN,
                        IntStream.range(0, ValueIndex.MAX_VALUES)
                                .mapToObj(v -> "Town number " + v)
                                .toList())
                .build();

        TablePlanner first = planners.planner(large, values, Vocabulary.EMPTY);
        assertTrue(planners.bytes() > MOST);
        assertSame(first, planners.planner(large, values, Vocabulary.EMPTY));

        planner(table("small"), v -> "Town number " + v);
        assertTrue(planners.bytes() <= MOST);
        assertNotSame(first, planners.planner(large, values, Vocabulary.EMPTY));
    }

    @Test
    void countsThePartsThatValuesAreAlsoFoundBy() {
        planner(table("whole"), v -> "Town" + v + " Westland");
        long whole = planners.bytes();
        planner(table("parts"), v -> "Town" + v + ", Westland");
        long both = planners.bytes();

        // Each value of the second table once whole and once by its first part; "Westland" is one entry for them all.
        long perValue = 200 + 2L * "town123".length() + 2L * "Town123".length();
        assertEquals((double) (whole + VALUES * perValue), (double) (both - whole), 0.05 * both);
    }
}
