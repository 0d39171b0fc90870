package dev.datastudio.core.cleaning.internal;

import static dev.datastudio.api.error.StudioException.quote;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.cleaning.CleaningStep;
import dev.datastudio.core.cleaning.CleaningStep.Category;
import dev.datastudio.core.cleaning.CleaningStep.Filling;
import dev.datastudio.core.cleaning.CleaningStep.Keep;
import dev.datastudio.core.cleaning.CleaningStep.Misfits;
import dev.datastudio.core.cleaning.CleaningStep.Quantifier;
import dev.datastudio.core.cleaning.CleaningStep.Replacement;
import dev.datastudio.core.cleaning.CleaningStep.TextChange;
import dev.datastudio.core.cleaning.CleaningStep.Treatment;
import java.util.Optional;

/** Steps from JSON. */
final class StepReader {
    private static final String STEP = "step";
    private static final String COLUMN = "column";
    private static final String COLUMNS = "columns";

    private StepReader() {}

    /** A step of a known kind. */
    static CleaningStep read(String kind, Fields json) {
        return switch (kind) {
            case "change_type" -> changeType(json.only(STEP, COLUMN, "to", "format", "misfits"));
            case "fill_missing" -> fillMissing(json.only(STEP, COLUMN, "with", "value"));
            case "drop_missing" ->
                new CleaningStep.DropMissing(
                        json.only(STEP, COLUMNS, "missing").texts(COLUMNS), json.word("missing", Quantifier.ANY));
            case "drop_duplicates" ->
                new CleaningStep.DropDuplicates(
                        json.only(STEP, "keys", "keep").texts("keys"), json.word("keep", Keep.FIRST));
            case "treat_outliers" ->
                new CleaningStep.TreatOutliers(
                        column(json.only(STEP, COLUMN, "method", "threshold", "treatment")),
                        StepJson.rule(json),
                        json.get("treatment").word(Treatment.class));
            case "rename" ->
                new CleaningStep.Rename(
                        column(json.only(STEP, COLUMN, "to")), json.get("to").text());
            case "drop_columns" ->
                new CleaningStep.DropColumns(json.only(STEP, COLUMNS).texts(COLUMNS));
            case "keep_columns" ->
                new CleaningStep.KeepColumns(json.only(STEP, COLUMNS).texts(COLUMNS));
            case "filter_rows" ->
                new CleaningStep.FilterRows(
                        PlanParts.condition(json.only(STEP, "condition").get("condition")));
            default -> more(kind, json);
        };
    }

    private static CleaningStep more(String kind, Fields json) {
        return switch (kind) {
            case "derive" ->
                new CleaningStep.Derive(
                        json.only(STEP, "name", "value").get("name").text(), PlanParts.expression(json.get("value")));
            case "clean_text" ->
                new CleaningStep.CleanText(
                        json.only(STEP, COLUMNS, "changes").texts(COLUMNS),
                        json.get("changes").list(change -> change.word(TextChange.class)));
            case "replace_values" ->
                new CleaningStep.ReplaceValues(
                        column(json.only(STEP, COLUMN, "replacements")),
                        json.get("replacements").list(StepReader::replacement));
            case "split_column" ->
                new CleaningStep.SplitColumn(
                        column(json.only(STEP, COLUMN, "separator", "into")),
                        json.get("separator").text(),
                        json.texts("into"));
            case "standardise_categories" ->
                new CleaningStep.StandardiseCategories(
                        column(json.only(STEP, COLUMN, "categories")),
                        json.get("categories").list(StepReader::category));
            default -> throw new AssertionError(kind);
        };
    }

    private static String column(Fields json) {
        return json.get(COLUMN).text();
    }

    private static CleaningStep changeType(Fields json) {
        return new CleaningStep.ChangeType(
                column(json),
                json.get("to").word(ColumnType.class),
                json.text("format", ""),
                json.word("misfits", Misfits.MISSING));
    }

    private static CleaningStep fillMissing(Fields json) {
        String with = json.get("with").text();
        Filling filling = switch (with) {
            case "value" -> new Filling.Value(PlanParts.constant(json.get("value")));
            case "previous" -> new Filling.Previous();
            case "mean" -> new Filling.Statistic(Filling.Kind.MEAN);
            case "median" -> new Filling.Statistic(Filling.Kind.MEDIAN);
            case "mode" -> new Filling.Statistic(Filling.Kind.MODE);
            default ->
                throw json.get("with")
                        .wrong(quote(with) + " is not known here", "Use one of [value, mean, median, mode, previous]");
        };
        return new CleaningStep.FillMissing(column(json), filling);
    }

    private static Replacement replacement(Fields json) {
        json.only("from", "to");
        return new Replacement(
                PlanParts.constant(json.get("from")),
                json.has("to") ? Optional.of(PlanParts.constant(json.get("to"))) : Optional.empty());
    }

    private static Category category(Fields json) {
        return new Category(json.only("name", "spellings").get("name").text(), json.texts("spellings"));
    }
}
