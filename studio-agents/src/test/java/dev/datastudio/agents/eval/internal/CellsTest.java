package dev.datastudio.agents.eval.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CellsTest {
    @Test
    void takesNumbersForTheSameWhenOnlyTheLastDigitsDiffer() {
        assertSame(30.33333333333333, 30.333333333333332);
        assertSame(12L, 12.0);
        assertSame(0.1 + 0.2, new BigDecimal("0.3"));
        assertOther(30.3333, 30.3334);
        assertOther(100L, 101L);
        assertOther(0L, 0.001);
        assertOther(5L, -5L);
    }

    @Test
    void comparesTextLetterByLetterButForBlanksAtItsEnds() {
        assertSame("NJ\n", "NJ");
        assertOther("NJ", "nj");
        assertOther("New York", "NewYork");
        assertOther("12 a", 12L);
    }

    @Test
    void takesATextThatWritesANumberForTheNumber() {
        assertSame("1999", 1999L);
        assertSame(1999L, "1999");
        assertOther("1999", 1998L);
        assertOther("1,999", 1999L);
    }

    @Test
    void comparesDaysByValue() {
        assertSame("2014-05-06", LocalDate.of(2014, 5, 6));
        assertSame("2014-05-06 00:00:00", LocalDate.of(2014, 5, 6));
        assertSame("2014-05-06 10:20:00", LocalDateTime.of(2014, 5, 6, 10, 20));
        assertSame("26 March 1969", LocalDate.of(1969, 3, 26));
        assertSame("March 26, 1969", LocalDate.of(1969, 3, 26));
        assertSame("7:05", LocalTime.of(7, 5));
        assertSame("2014-05-06 00:00:00", "2014-05-06");
        assertSame(LocalDate.of(2014, 5, 6), LocalDateTime.of(2014, 5, 6, 0, 0));
        assertOther("2014-05-06", LocalDate.of(2014, 5, 7));
        assertOther("2014-05-06 10:20:00", LocalDate.of(2014, 5, 6));
    }

    @Test
    void readsTruthValuesAsSetsWriteThem() {
        assertSame("T", true);
        assertSame("no", false);
        assertSame(1L, true);
        assertOther("F", true);
        assertOther(0L, true);
    }

    @Test
    void takesAMissingValueForAnEmptyTextAndNothingElse() {
        assertSame(null, null);
        assertSame("", null);
        assertOther(0L, null);
        assertOther(null, "null");
        assertOther("a", null);
    }

    @Test
    void leavesTheOrderOfDayAndMonthOpenWhereATextDoes() {
        assertEquals(
                List.of(LocalDateTime.of(2021, 3, 4, 0, 0), LocalDateTime.of(2021, 4, 3, 0, 0)),
                Cells.times("3/4/2021"));
        assertOther("13/4/2021", LocalDate.of(2021, 4, 14));
    }

    private static void assertSame(@Nullable Object expected, @Nullable Object got) {
        assertTrue(Cells.same(expected, got), () -> expected + " and " + got);
    }

    private static void assertOther(@Nullable Object expected, @Nullable Object got) {
        assertFalse(Cells.same(expected, got), () -> expected + " and " + got);
    }
}
