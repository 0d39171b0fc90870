package dev.datastudio.core.cleaning;

import static dev.datastudio.core.cleaning.CleaningStep.column;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.cleaning.CleaningStep.Category;
import dev.datastudio.core.cleaning.CleaningStep.ChangeType;
import dev.datastudio.core.cleaning.CleaningStep.CleanText;
import dev.datastudio.core.cleaning.CleaningStep.Derive;
import dev.datastudio.core.cleaning.CleaningStep.DropColumns;
import dev.datastudio.core.cleaning.CleaningStep.DropDuplicates;
import dev.datastudio.core.cleaning.CleaningStep.DropMissing;
import dev.datastudio.core.cleaning.CleaningStep.FillMissing;
import dev.datastudio.core.cleaning.CleaningStep.Filling;
import dev.datastudio.core.cleaning.CleaningStep.FilterRows;
import dev.datastudio.core.cleaning.CleaningStep.Keep;
import dev.datastudio.core.cleaning.CleaningStep.KeepColumns;
import dev.datastudio.core.cleaning.CleaningStep.Misfits;
import dev.datastudio.core.cleaning.CleaningStep.Quantifier;
import dev.datastudio.core.cleaning.CleaningStep.Rename;
import dev.datastudio.core.cleaning.CleaningStep.ReplaceValues;
import dev.datastudio.core.cleaning.CleaningStep.Replacement;
import dev.datastudio.core.cleaning.CleaningStep.SplitColumn;
import dev.datastudio.core.cleaning.CleaningStep.StandardiseCategories;
import dev.datastudio.core.cleaning.CleaningStep.TextChange;
import dev.datastudio.core.cleaning.CleaningStep.TreatOutliers;
import dev.datastudio.core.cleaning.CleaningStep.Treatment;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CleaningRecipeTest {
    /** At least one step of each kind. */
    private static final CleaningRecipe ALL = CleaningRecipe.of(
            new ChangeType("a", ColumnType.DATE, "%d.%m.%Y", Misfits.REFUSE),
            new FillMissing("a", new Filling.Value(new Constant(LocalDate.of(2024, 12, 31)))),
            new FillMissing("a", new Filling.Value(new Constant(LocalDateTime.of(2024, 12, 31, 23, 59)))),
            new FillMissing("a", new Filling.Value(new Constant(new BigDecimal("12.50")))),
            new FillMissing("a", new Filling.Value(new Constant(0.1))),
            new FillMissing("a", new Filling.Value(new Constant(true))),
            new FillMissing("b", new Filling.Statistic(Filling.Kind.MODE)),
            new FillMissing("b", new Filling.Previous()),
            new DropMissing(List.of("a", "b"), Quantifier.ALL),
            new DropDuplicates(List.of(), Keep.LAST),
            new TreatOutliers("c", new Detail.Outliers(Detail.OutlierMethod.Z_SCORE, 2.5), Treatment.MISSING),
            new Rename("a", "\"x\""),
            new DropColumns(List.of("d")),
            new KeepColumns(List.of("\"x\"", "b")),
            new Derive("e", new Expression.Arithmetic(Expression.Operator.DIVIDE, column("b"), new Constant(2L))),
            new FilterRows(new Condition.Any(List.of(
                    new Condition.Missing(column("b")),
                    new Condition.Comparison(column("b"), Condition.Comparator.LESS, new Constant("it's"))))),
            new FilterRows(Condition.always()),
            new CleanText(List.of(), List.of(TextChange.STRIP, TextChange.BLANK_TO_MISSING)),
            new ReplaceValues(
                    "b",
                    List.of(
                            new Replacement(new Constant("?"), Optional.empty()),
                            new Replacement(new Constant("y"), Optional.of(new Constant("yes"))))),
            new SplitColumn("b", ";", List.of("f", "g")),
            new StandardiseCategories("b", List.of(new Category("USA", List.of("U.S.")))));

    @Test
    void readsWhatItWrote() {
        assertEquals(ALL, CleaningRecipe.parse(ALL.toJson()));
    }

    @Test
    void hasAJsonFormAndWordsForEachKindOfStep() {
        var used = ALL.steps().stream().map(Object::getClass).collect(Collectors.toSet());
        var permitted = Stream.of(CleaningStep.class.getPermittedSubclasses()).collect(Collectors.toSet());

        assertEquals(permitted, used);
        assertTrue(ALL.inWords().stream().noneMatch(String::isBlank));
        assertEquals(
                "Fill missing values of 'b' with the most frequent value",
                ALL.inWords().get(6));
        assertEquals(
                "Keep rows where b is missing or b is below it's", ALL.inWords().get(15));
    }

    @Test
    void hasAShortJsonForm() {
        assertEquals(
                "{\"version\":1,\"steps\":[{\"step\":\"fill_missing\",\"column\":\"age\",\"with\":\"median\"}]}",
                CleaningRecipe.of(new FillMissing("age", new Filling.Statistic(Filling.Kind.MEDIAN)))
                        .toJson());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "nonsense # The recipe is not JSON",
                "[] # recipe: This is array, not an object",
                "{\"version\":2,\"steps\":[]} # recipe.version: Version '2' is not known",
                "{\"version\":1,\"steps\":[]} # recipe.steps: steps must be 1..200, were 0",
                "{\"version\":1,\"steps\":[{\"step\":\"run_sql\"}]} # recipe.steps[0].step: There is no step 'run_sql'",
                "{\"version\":1,\"steps\":[{\"step\":\"rename\",\"column\":\"a\",\"to\":\"b\",\"sql\":\"x\"}]}"
                        + " # recipe.steps[0]: There is no field 'sql'",
                "{\"version\":1,\"steps\":[{\"step\":\"rename\",\"column\":\"a\"}]}"
                        + " # recipe.steps[0]: The field 'to' is missing",
                "{\"version\":1,\"steps\":[{\"step\":\"rename\",\"column\":7,\"to\":\"b\"}]}"
                        + " # recipe.steps[0].column: This is number, not a text",
                "{\"version\":1,\"steps\":[{\"step\":\"rename\",\"column\":\" \",\"to\":\"b\"}]}"
                        + " # recipe.steps[0]: column must not be blank",
                "{\"version\":1,\"steps\":[{\"step\":\"change_type\",\"column\":\"a\",\"to\":\"time\"}]}"
                        + " # recipe.steps[0]: to must be INTEGER",
                "{\"version\":1,\"steps\":[{\"step\":\"treat_outliers\",\"column\":\"a\",\"threshold\":-1,"
                        + "\"treatment\":\"cap\"}]} # recipe.steps[0]: threshold must be positive",
                "{\"version\":1,\"steps\":[{\"step\":\"fill_missing\",\"column\":\"a\",\"with\":\"value\","
                        + "\"value\":{\"column\":\"b\"}}]} # recipe.steps[0].value: This is not a value",
                "{\"version\":1,\"steps\":[{\"step\":\"filter_rows\",\"condition\":{\"sql\":\"1=1\"}}]}"
                        + " # recipe.steps[0].condition: It is not said what this is",
                "{\"version\":1,\"version\":1,\"steps\":[]} # The recipe is not JSON"
            })
    void refusesWhatIsNoRecipe(String json, String what) {
        StudioException error = assertThrows(StudioException.class, () -> CleaningRecipe.parse(json));

        assertEquals(ErrorCode.INVALID_PLAN, error.code());
        assertTrue(error.what().startsWith(what), error.what());
    }

    @Test
    void refusesTextsThatAreTooLongOrTooDeep() {
        String deep = "{\"all\":[".repeat(5_000);
        String json = "{\"version\":1,\"steps\":[{\"step\":\"filter_rows\",\"condition\":" + deep;

        assertThrows(StudioException.class, () -> CleaningRecipe.parse(json));
        assertThrows(StudioException.class, () -> CleaningRecipe.parse(" ".repeat(CleaningRecipe.MAX_JSON + 1)));
    }
}
