package dev.datastudio.core.cleaning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.cleaning.CleaningStep.Category;
import dev.datastudio.core.cleaning.CleaningStep.ChangeType;
import dev.datastudio.core.cleaning.CleaningStep.FillMissing;
import dev.datastudio.core.cleaning.CleaningStep.Filling;
import dev.datastudio.core.cleaning.CleaningStep.Misfits;
import dev.datastudio.core.cleaning.CleaningStep.Replacement;
import dev.datastudio.core.cleaning.CleaningStep.TextChange;
import dev.datastudio.testkit.OutsideData;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CleaningSuggestionTest extends CleaningFixture {
    record Row(String text) {}

    private List<CleaningSuggestion> suggest(Dataset dataset) {
        return cleaning.suggest(dataset, Cancellation.none());
    }

    private Dataset texts(String... texts) {
        return studio.datasets()
                .importRecords("texts", List.of(texts).stream().map(Row::new).toList());
    }

    private List<CleaningStep> steps(Dataset dataset) {
        return suggest(dataset).stream().map(CleaningSuggestion::step).toList();
    }

    @Test
    void findsBlanksAndPlaceholders() {
        Dataset dataset = texts(" Ann", "Bob ", "Cid", "  ", "N/A", "Dan", "n/a", "N/A");

        List<CleaningSuggestion> found = suggest(dataset);

        assertEquals(
                new CleaningStep.CleanText(List.of("text"), List.of(TextChange.STRIP, TextChange.BLANK_TO_MISSING)),
                found.get(0).step());
        assertEquals(
                "Column 'text' has 2 texts with blanks around and 1 blank text.",
                found.get(0).reason());
        assertEquals(
                new CleaningStep.ReplaceValues(
                        "text",
                        List.of(
                                new Replacement(new Constant("N/A"), Optional.empty()),
                                new Replacement(new Constant("n/a"), Optional.empty()))),
                found.get(1).step());
    }

    @Test
    void findsNumbersAndDatesWrittenAsTexts() {
        Dataset numbers = texts("1", "2", "-", "x", "3", "4", "5", "6", "7", "8", "9", "10", "11");
        assertTrue(
                steps(numbers).contains(new ChangeType("text", ColumnType.INTEGER, "", Misfits.MISSING)),
                () -> steps(numbers).toString());

        Dataset dates = texts("24.12.2023", "01.02.2024", "05.06.2024");
        CleaningSuggestion found = suggest(dates).get(0);
        assertEquals(new ChangeType("text", ColumnType.DATE, "%d.%m.%Y", Misfits.MISSING), found.step());
        assertEquals("Column 'text' has 3 of 3 texts that can be read as date of the form '%d.%m.%Y'.", found.reason());
    }

    @Test
    void saysNothingOfDatesThatCanBeReadInTwoWays() {
        assertEquals(List.of(), steps(texts("01/02/2024", "03/04/2024", "05/06/2024")));
    }

    @Test
    void findsSpellingsOfOneCategory() {
        Dataset dataset = texts("Berlin", "berlin", "Berlin", "BERLIN", "Paris", "Rome");

        assertEquals(
                new CleaningStep.StandardiseCategories(
                        "text", List.of(new Category("Berlin", List.of("BERLIN", "berlin")))),
                steps(dataset).get(0));
    }

    @Test
    void findsColumnsThatTellNothingAndRepeatedRows() throws IOException {
        Dataset dataset = csv("a,b,c", "1,x,", "2,x,", "1,x,");

        List<String> reasons =
                suggest(dataset).stream().map(CleaningSuggestion::reason).toList();

        assertEquals(
                List.of(
                        "Column 'b' has the same value in each row.",
                        "Column 'c' has no value.",
                        "1 row repeats another one in all columns."),
                reasons);
    }

    @Test
    void findsOutliers() {
        record Measured(double amount, int day) {}
        Dataset dataset = studio.datasets()
                .importRecords(
                        "measured", IntStream.range(0, 50).mapToObj(i -> new Measured(i == 7 ? 1e6 : i + 0.5, i)));

        assertTrue(suggest(dataset).stream()
                .anyMatch(s -> s.step() instanceof CleaningStep.TreatOutliers outliers
                        && outliers.column().equals("amount")
                        && s.reason().startsWith("Column 'amount' has 1 value beyond")));
    }

    @Test
    void suggestsForTheTitanicWhatTextbooksDo() {
        Dataset dataset = studio.datasets().importFile(OutsideData.require("data/titanic.csv"));

        List<CleaningSuggestion> found = suggest(dataset);
        List<CleaningStep> steps = found.stream().map(CleaningSuggestion::step).toList();

        assertTrue(steps.contains(new FillMissing("age", new Filling.Statistic(Filling.Kind.MEDIAN))), steps::toString);
        assertTrue(
                steps.contains(new FillMissing("embarked", new Filling.Statistic(Filling.Kind.MODE))), steps::toString);
        assertTrue(steps.contains(new CleaningStep.DropColumns(List.of("deck"))), steps::toString);
        assertTrue(
                found.stream()
                        .anyMatch(s -> s.reason()
                                .equals("Column 'age' has no value in 177 of 891 rows (19.9%); the median is not"
                                        + " moved by outliers.")),
                found::toString);
    }
}
