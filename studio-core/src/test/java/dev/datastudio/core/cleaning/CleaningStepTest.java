package dev.datastudio.core.cleaning;

import static dev.datastudio.core.cleaning.CleaningStep.column;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.cleaning.CleaningStep.ChangeType;
import dev.datastudio.core.cleaning.CleaningStep.DropDuplicates;
import dev.datastudio.core.cleaning.CleaningStep.DropMissing;
import dev.datastudio.core.cleaning.CleaningStep.FillMissing;
import dev.datastudio.core.cleaning.CleaningStep.Filling;
import dev.datastudio.core.cleaning.CleaningStep.Filling.Kind;
import dev.datastudio.core.cleaning.CleaningStep.FilterRows;
import dev.datastudio.core.cleaning.CleaningStep.Keep;
import dev.datastudio.core.cleaning.CleaningStep.Misfits;
import dev.datastudio.core.cleaning.CleaningStep.Quantifier;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Steps that change types, fill missing values and drop rows, each against rows worked out by hand. */
class CleaningStepTest extends CleaningFixture {
    private static FillMissing fill(String column, Kind kind) {
        return new FillMissing(column, new Filling.Statistic(kind));
    }

    private static FillMissing fill(String column, Object value) {
        return new FillMissing(column, new Filling.Value(new Constant(value)));
    }

    @Nested
    class OfTypes {
        @Test
        void readsTextsAsNumbers() throws IOException {
            Dataset dataset = csv("a,b", "'x',1", "\"$1,200.50\",2", "-$3,3", " 7 ,4", "5%,5", "1e3,6", "\"1,2\",7");

            Dataset cleaned = apply(dataset, new ChangeType("a", ColumnType.DECIMAL, "", Misfits.MISSING))
                    .dataset();

            assertEquals(ColumnType.DECIMAL, cleaned.column("a").type());
            assertEquals(List.of("-|1", "1200.5|2", "-3.0|3", "7.0|4", "5.0|5", "1000.0|6", "-|7"), rows(cleaned));
        }

        @Test
        void readsNumbersWithADecimalComma() throws IOException {
            Dataset dataset = csv("a;b", "x;1", "1.234,5;2", "2,25;3", "1.234;4");

            assertEquals(
                    List.of("-|1", "1234.5|2", "2.25|3", "1234.0|4"),
                    cleaned(dataset, new ChangeType("a", ColumnType.DECIMAL, "1.234,5", Misfits.MISSING)));
        }

        @Test
        void keepsAllDigitsOfWholeNumbers() throws IOException {
            Dataset dataset = csv("a,b", "x,1", "9007199254740993,2", "2.0,3", "2.5,4");

            assertEquals(
                    List.of("-|1", "9007199254740993|2", "2|3", "-|4"),
                    cleaned(dataset, new ChangeType("a", ColumnType.INTEGER, "", Misfits.MISSING)));
        }

        @Test
        void readsTextsAsDatesOfAFormat() throws IOException {
            Dataset dataset = csv("a,b", "soon,1", "03.04.2024,2", "31.02.2024,3");

            assertEquals(
                    List.of("-|1", "2024-04-03|2", "-|3"),
                    cleaned(dataset, new ChangeType("a", ColumnType.DATE, "%d.%m.%Y", Misfits.MISSING)));
        }

        @Test
        void readsTextsAsTruthValues() throws IOException {
            Dataset dataset = csv("a,b", "YES,1", "off,2", "maybe,3");

            assertEquals(
                    List.of("true|1", "false|2", "-|3"),
                    cleaned(dataset, new ChangeType("a", ColumnType.BOOLEAN, "", Misfits.MISSING)));
        }

        @Test
        void writesNumbersAndDatesAsTexts() throws IOException {
            Dataset dataset = csv("n,d", "12,2024-04-03", "7,2024-04-04");

            assertEquals(
                    List.of("12|3/4/24", "7|4/4/24"),
                    cleaned(
                            dataset,
                            new ChangeType("n", ColumnType.TEXT, "", Misfits.REFUSE),
                            new ChangeType("d", ColumnType.TEXT, "%-d/%-m/%y", Misfits.REFUSE)));
        }

        @Test
        void refusesMisfitsWhenToldSo() throws IOException {
            Dataset dataset = csv("a,b", "x,1", "2,2", "y,3");

            StudioException error = assertThrows(
                    StudioException.class,
                    () -> apply(dataset, new ChangeType("a", ColumnType.INTEGER, "", Misfits.REFUSE)));

            assertEquals(ErrorCode.INVALID_ARGUMENT, error.code());
            assertEquals(
                    "Step 1 (change_type): Column 'a' has 2 values that can't be read as whole number", error.what());
        }

        @Test
        void refusesAnImpossibleType() throws IOException {
            Dataset dataset = csv("d,b", "2024-04-03,1");

            StudioException error = assertThrows(
                    StudioException.class,
                    () -> apply(dataset, new ChangeType("d", ColumnType.DECIMAL, "", Misfits.MISSING)));

            assertEquals("Step 1 (change_type): Column 'd' is of type date, which can't become number", error.what());
        }
    }

    @Nested
    class OfMissingValues {
        @Test
        void fillsWithTheMedianAndKeepsWholeNumbers() throws IOException {
            Dataset dataset = csv("a,b", "1,x", ",y", "5,z", "9,w");

            CleaningResult result = apply(dataset, fill("a", Kind.MEDIAN));

            assertEquals(List.of("1|x", "5|y", "5|z", "9|w"), rows(result.dataset()));
            assertEquals(ColumnType.INTEGER, result.dataset().column("a").type());
            assertEquals(
                    "Filled 1 missing value of 'a' with the median 5",
                    result.effects().get(0).said());
        }

        @Test
        void makesDecimalsOfAMeanWithAFraction() throws IOException {
            Dataset dataset = csv("a,b", "1,x", ",y", "2,z");

            CleaningResult result = apply(dataset, fill("a", Kind.MEAN));

            assertEquals(List.of("1.0|x", "1.5|y", "2.0|z"), rows(result.dataset()));
        }

        @Test
        void fillsWithTheSmallestOfTheMostFrequentValues() throws IOException {
            Dataset dataset = csv("a,b", "v,1", "u,2", ",3", "v,4", "u,5", "t,6");

            assertEquals(List.of("v|1", "u|2", "u|3", "v|4", "u|5", "t|6"), cleaned(dataset, fill("a", Kind.MODE)));
        }

        @Test
        void fillsWithAValueOfTheColumnsType() throws IOException {
            Dataset dataset = csv("n,t,d", "1,x,2024-01-01", ",,");

            assertEquals(
                    List.of("1|x|2024-01-01", "0|it's|2023-12-31"),
                    cleaned(dataset, fill("n", 0L), fill("t", "it's"), fill("d", LocalDate.of(2023, 12, 31))));
        }

        @Test
        void refusesAValueOfAnotherType() throws IOException {
            Dataset dataset = csv("n,t", "1,x", ",y");

            StudioException error = assertThrows(StudioException.class, () -> apply(dataset, fill("n", "none")));

            assertEquals(
                    "Step 1 (fill_missing): 'none' is no value of column 'n', which is of type whole number",
                    error.what());
        }

        @Test
        void carriesTheValueBeforeOn() throws IOException {
            Dataset dataset = csv("a,b", ",1", "x,2", ",3", ",4", "y,5", ",6");

            assertEquals(
                    List.of("-|1", "x|2", "x|3", "x|4", "y|5", "y|6"),
                    cleaned(dataset, new FillMissing("a", new Filling.Previous())));
        }

        @Test
        void dropsRowsWithAnyOrAllMissing() throws IOException {
            Dataset dataset = csv("a,b,c", "1,x,p", ",y,q", ",,r", "4,,s");

            assertEquals(List.of("1|x|p"), cleaned(dataset, new DropMissing(List.of(), Quantifier.ANY)));
            assertEquals(
                    List.of("1|x|p", "-|y|q", "4|-|s"),
                    cleaned(dataset, new DropMissing(List.of("a", "B"), Quantifier.ALL)));
        }
    }

    @Nested
    class OfRows {
        @Test
        void keepsTheFirstOrLastOfEqualRowsInOrder() throws IOException {
            Dataset dataset = csv("k,v", "b,1", "a,2", "b,3", ",4", "a,5", ",6");

            assertEquals(List.of("b|1", "a|2", "-|4"), cleaned(dataset, new DropDuplicates(List.of("k"), Keep.FIRST)));
            assertEquals(List.of("b|3", "a|5", "-|6"), cleaned(dataset, new DropDuplicates(List.of("k"), Keep.LAST)));
        }

        @Test
        void dropsRowsThatAreEqualInAllColumns() throws IOException {
            Dataset dataset = csv("k,v", "b,1", "a,2", "b,1", "b,2");

            assertEquals(List.of("b|1", "a|2", "b|2"), cleaned(dataset, new DropDuplicates(List.of(), Keep.FIRST)));
        }

        @Test
        void filtersByACondition() throws IOException {
            Dataset dataset = csv("k,v", "O'Neil,1", "a,2", "B,3", ",9");
            Condition condition = new Condition.Any(List.of(
                    new Condition.Comparison(column("k"), Condition.Comparator.EQUAL, new Constant("o'neil")),
                    new Condition.Comparison(column("v"), Condition.Comparator.GREATER, new Constant(2L))));

            assertEquals(List.of("O'Neil|1", "B|3", "-|9"), cleaned(dataset, new FilterRows(condition)));
        }

        @Test
        void refusesAConditionThatLeavesNoRow() throws IOException {
            Dataset dataset = csv("k,v", "a,1", "b,2");
            Condition condition = new Condition.Comparison(column("v"), Condition.Comparator.GREATER, new Constant(9L));

            StudioException error =
                    assertThrows(StudioException.class, () -> apply(dataset, new FilterRows(condition)));

            assertEquals("Step 1 (filter_rows): No row is left", error.what());
        }
    }
}
