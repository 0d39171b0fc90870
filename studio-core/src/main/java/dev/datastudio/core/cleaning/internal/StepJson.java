package dev.datastudio.core.cleaning.internal;

import static dev.datastudio.api.error.StudioException.quote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.cleaning.CleaningStep;
import dev.datastudio.core.cleaning.CleaningStep.ChangeType;
import dev.datastudio.core.cleaning.CleaningStep.CleanText;
import dev.datastudio.core.cleaning.CleaningStep.Derive;
import dev.datastudio.core.cleaning.CleaningStep.DropColumns;
import dev.datastudio.core.cleaning.CleaningStep.DropDuplicates;
import dev.datastudio.core.cleaning.CleaningStep.DropMissing;
import dev.datastudio.core.cleaning.CleaningStep.FillMissing;
import dev.datastudio.core.cleaning.CleaningStep.Filling;
import dev.datastudio.core.cleaning.CleaningStep.FilterRows;
import dev.datastudio.core.cleaning.CleaningStep.KeepColumns;
import dev.datastudio.core.cleaning.CleaningStep.Rename;
import dev.datastudio.core.cleaning.CleaningStep.ReplaceValues;
import dev.datastudio.core.cleaning.CleaningStep.SplitColumn;
import dev.datastudio.core.cleaning.CleaningStep.StandardiseCategories;
import dev.datastudio.core.cleaning.CleaningStep.TreatOutliers;
import java.util.List;
import java.util.Map;

/** Steps as JSON; a step's kind is written by name, never by class. */
final class StepJson {
    static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final Map<Class<? extends CleaningStep>, String> KINDS = Map.ofEntries(
            Map.entry(ChangeType.class, "change_type"),
            Map.entry(FillMissing.class, "fill_missing"),
            Map.entry(DropMissing.class, "drop_missing"),
            Map.entry(DropDuplicates.class, "drop_duplicates"),
            Map.entry(TreatOutliers.class, "treat_outliers"),
            Map.entry(Rename.class, "rename"),
            Map.entry(DropColumns.class, "drop_columns"),
            Map.entry(KeepColumns.class, "keep_columns"),
            Map.entry(Derive.class, "derive"),
            Map.entry(FilterRows.class, "filter_rows"),
            Map.entry(CleanText.class, "clean_text"),
            Map.entry(ReplaceValues.class, "replace_values"),
            Map.entry(SplitColumn.class, "split_column"),
            Map.entry(StandardiseCategories.class, "standardise_categories"));

    private StepJson() {}

    /** What a step is called in JSON and in errors. */
    static String kind(CleaningStep step) {
        String kind = KINDS.get(step.getClass());
        if (kind == null) {
            throw new AssertionError(step);
        }
        return kind;
    }

    static ObjectNode write(CleaningStep step) {
        ObjectNode json = JSON.objectNode().put("step", kind(step));
        if (step instanceof ChangeType change) {
            json.put("column", change.column()).put("to", Fields.word(change.to()));
            json.put("format", change.format()).put("misfits", Fields.word(change.misfits()));
        } else if (step instanceof FillMissing fill) {
            json.put("column", fill.column());
            writeFilling(json, fill.with());
        } else if (step instanceof DropMissing drop) {
            json.set("columns", texts(drop.columns()));
            json.put("missing", Fields.word(drop.missing()));
        } else if (step instanceof DropDuplicates drop) {
            json.set("keys", texts(drop.keys()));
            json.put("keep", Fields.word(drop.keep()));
        } else if (step instanceof TreatOutliers treat) {
            json.put("column", treat.column());
            json.put("method", Fields.word(treat.rule().method()));
            json.put("threshold", treat.rule().threshold());
            json.put("treatment", Fields.word(treat.treatment()));
        } else if (step instanceof Rename rename) {
            json.put("column", rename.column()).put("to", rename.to());
        } else {
            writeMore(json, step);
        }
        return json;
    }

    private static void writeMore(ObjectNode json, CleaningStep step) {
        if (step instanceof DropColumns drop) {
            json.set("columns", texts(drop.columns()));
        } else if (step instanceof KeepColumns keep) {
            json.set("columns", texts(keep.columns()));
        } else if (step instanceof Derive derive) {
            json.put("name", derive.name()).set("value", PlanParts.write(derive.value()));
        } else if (step instanceof FilterRows filter) {
            json.set("condition", PlanParts.write(filter.condition()));
        } else if (step instanceof CleanText clean) {
            json.set("columns", texts(clean.columns()));
            json.set("changes", texts(clean.changes().stream().map(Fields::word).toList()));
        } else if (step instanceof ReplaceValues replace) {
            ArrayNode list = json.put("column", replace.column()).putArray("replacements");
            replace.replacements().forEach(one -> {
                ObjectNode entry = list.addObject();
                entry.set("from", PlanParts.write(one.from()));
                one.to().ifPresent(to -> entry.set("to", PlanParts.write(to)));
            });
        } else if (step instanceof SplitColumn split) {
            json.put("column", split.column()).put("separator", split.separator());
            json.set("into", texts(split.into()));
        } else if (step instanceof StandardiseCategories standardise) {
            ArrayNode list = json.put("column", standardise.column()).putArray("categories");
            standardise.categories().forEach(category -> {
                ObjectNode entry = list.addObject().put("name", category.name());
                entry.set("spellings", texts(category.spellings()));
            });
        } else {
            throw new AssertionError(step);
        }
    }

    private static void writeFilling(ObjectNode json, Filling filling) {
        if (filling instanceof Filling.Value given) {
            json.put("with", "value").set("value", PlanParts.write(given.value()));
        } else if (filling instanceof Filling.Statistic statistic) {
            json.put("with", Fields.word(statistic.kind()));
        } else if (filling instanceof Filling.Previous) {
            json.put("with", "previous");
        } else {
            throw new AssertionError(filling);
        }
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode array = JSON.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    static CleaningStep read(Fields json) {
        Fields named = json.get("step");
        String kind = named.text();
        if (!KINDS.containsValue(kind)) {
            throw named.wrong(
                    "There is no step " + quote(kind),
                    "Use one of " + KINDS.values().stream().sorted().toList());
        }
        return json.made(() -> StepReader.read(kind, json));
    }

    static Detail.Outliers rule(Fields json) {
        Detail.OutlierMethod method = json.word("method", Detail.OutlierMethod.INTERQUARTILE_RANGE);
        double usual = method == Detail.OutlierMethod.Z_SCORE ? 3 : Detail.Outliers.TUKEY.threshold();
        return new Detail.Outliers(
                method, json.has("threshold") ? json.get("threshold").number() : usual);
    }
}
