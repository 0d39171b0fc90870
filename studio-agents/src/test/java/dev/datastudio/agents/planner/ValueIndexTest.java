package dev.datastudio.agents.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Stored values take a bounded amount of memory (D12). */
class ValueIndexTest {
    private static final Column NAME = new Column("name", ColumnType.TEXT, ColumnRole.DIMENSION, "", 100, 0);
    private static final Dataset PEOPLE = Schemas.dataset("people", 100, List.of(NAME));

    private static ValueIndex of(List<String> values) {
        return ValueIndex.builder().add(PEOPLE, NAME, values).build();
    }

    @Test
    void saysHowMuchMemoryItTakes() {
        assertEquals(2 * (56 + 2 * 3), of(List.of("Ann", "Bob")).bytes());
        assertEquals(0, of(List.of()).bytes());
    }

    @Test
    void leavesOutAColumnThatWouldTakeTooMuch() {
        List<String> longOnes = IntStream.range(0, ValueIndex.MAX_VALUES)
                .mapToObj(i -> String.format("%05d", i) + "x".repeat(94))
                .toList();
        List<String> shortOnes = longOnes.stream().map(v -> v.substring(0, 5)).toList();

        assertEquals(List.of(), of(longOnes).values(PEOPLE, NAME));
        assertEquals(shortOnes, of(shortOnes).values(PEOPLE, NAME));
        assertTrue(of(shortOnes).bytes() <= ValueIndex.MAX_COLUMN_BYTES);
    }

    @Test
    void leavesOutColumnsOfTooManyAndValuesOfTooManyCharacters() {
        List<String> many = IntStream.rangeClosed(0, ValueIndex.MAX_VALUES)
                .mapToObj(String::valueOf)
                .toList();

        assertEquals(List.of(), of(many).values(PEOPLE, NAME));
        assertEquals(
                List.of("Ann"),
                of(List.of("Ann", " ", "y".repeat(ValueIndex.MAX_LENGTH))).values(PEOPLE, NAME));
    }
}
