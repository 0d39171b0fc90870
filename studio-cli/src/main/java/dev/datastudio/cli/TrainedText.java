package dev.datastudio.cli;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.core.query.TextTable;
import dev.datastudio.ml.drift.ColumnDrift;
import dev.datastudio.ml.drift.Drift;
import dev.datastudio.ml.evaluate.Evaluation;
import dev.datastudio.ml.evaluate.ModelCharts;
import dev.datastudio.ml.registry.Comparison;
import dev.datastudio.ml.registry.Comparison.Difference;
import dev.datastudio.ml.registry.Explanation;
import dev.datastudio.ml.registry.ModelCard;
import dev.datastudio.ml.registry.TrainedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is known of trained models as people read it. */
final class TrainedText {
    private static final Pattern ESCAPED = Pattern.compile("\\\\(\\p{Punct})");

    private static final int BAR = 20;

    private TrainedText() {}

    static String line(TrainedModel each) {
        return String.format(
                Locale.ROOT,
                "%s  %s, version %d: %s%s, %s",
                each.id(),
                each.name(),
                each.version(),
                each.target().isEmpty() ? "" : each.target() + " by ",
                each.algorithm(),
                score(each.evaluation()));
    }

    private static String score(Evaluation judged) {
        return judged.main()
                .map(main -> String.format(Locale.ROOT, "%s %.3f", main.name(), main.value())
                        + judged.beside(main.name())
                                .map(plain -> String.format(Locale.ROOT, " (baseline %.3f)", plain.value()))
                                .orElse(""))
                .orElse("not judged here");
    }

    /** What a row begins with, what each column adds, and what it comes to. */
    static String of(TrainedModel model, Map<String, @Nullable Object> row, Explanation why) {
        boolean isNumber = why.label().isEmpty();
        String predicted = isNumber
                ? ModelCharts.number(why.prediction().value())
                : why.prediction().label() + " (share "
                        + ModelCharts.number(why.prediction().value()) + ")";
        String unit = switch (why.unit()) {
            case NUMBER -> model.target();
            case SHARE -> "share of " + why.label();
            case LOG_ODDS -> "log-odds of " + why.label();
        };
        double most = why.contributions().stream()
                .mapToDouble(each -> Math.abs(each.amount()))
                .max()
                .orElse(0);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        rows.add(Arrays.asList("every row begins at", "", ModelCharts.number(why.base()), ""));
        why.contributions().forEach(each -> {
            Object value = row.get(each.column());
            rows.add(Arrays.asList(
                    each.column(),
                    value == null ? "not known" : value.toString(),
                    signed(each.amount()),
                    bar(each.amount(), most)));
        });
        rows.add(Arrays.asList("together", "", ModelCharts.number(why.margin()), ""));
        return model.target() + ": " + predicted + "\n\n" + table(rows, "column", "value", "#" + unit, "");
    }

    private static String bar(double amount, double most) {
        int length = most == 0 ? 0 : (int) Math.round(BAR * Math.abs(amount) / most);
        return (amount < 0 ? "-" : "+").repeat(length);
    }

    static String of(Drift drift) {
        String verdict = drift.verdict() + " " + drift.rows() + " rows were looked at.";
        if (drift.columns().isEmpty()) {
            return verdict;
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        drift.columns()
                .forEach(each -> rows.add(Arrays.asList(
                        each.column(),
                        ModelCharts.number(each.index()),
                        ModelCharts.number(each.byChance()),
                        each.reading().name().toLowerCase(Locale.ROOT),
                        notes(each))));
        return verdict + "\n\n" + table(rows, "column", "#index", "#by chance", "reading", "notes");
    }

    private static String notes(ColumnDrift each) {
        List<String> notes = new ArrayList<>();
        if (Math.abs(each.missingNow() - each.missingThen()) >= 0.005) {
            notes.add(percent(each.missingNow()) + " missing, was " + percent(each.missingThen()));
        }
        if (!each.newValues().isEmpty()) {
            notes.add(percent(each.outside()) + " new, such as "
                    + each.newValues().get(0));
        } else if (each.outside() > 0) {
            notes.add(percent(each.outside()) + " outside of training");
        }
        return String.join("; ", notes);
    }

    /** The card as people read it in a terminal: without what keeps words from being Markdown, which code has none of. */
    static String card(TrainedModel model) {
        StringBuilder plain = new StringBuilder();
        boolean isCode = false;
        for (String line : ModelCard.of(model).split("\n", -1)) {
            isCode ^= line.startsWith("```");
            plain.append(plain.isEmpty() ? "" : "\n")
                    .append(isCode ? line : ESCAPED.matcher(line).replaceAll("$1"));
        }
        return plain.toString();
    }

    /** A row a metric, a column a model, and the baseline. */
    static String of(Comparison found) {
        List<String> titles = new ArrayList<>(List.of("metric"));
        found.models()
                .forEach(model ->
                        titles.add("#" + model.name() + (model.version() > 1 ? ", version " + model.version() : "")));
        Map<String, Double> baseline = new HashMap<>();
        found.models()
                .get(0)
                .evaluation()
                .numbers()
                .baseline()
                .forEach(each -> baseline.put(each.name(), each.value()));
        if (!baseline.isEmpty()) {
            titles.add("#baseline"); // of the same rows, so it is the same of all
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (String metric : found.metrics()) {
            List<@Nullable Object> values = new ArrayList<>(List.of(ModelCharts.words(metric)));
            List<@Nullable Object> differences = new ArrayList<>(List.of("  less the best"));
            List<@Nullable Object> bounds = new ArrayList<>(List.of("  95 in 100 between"));
            for (TrainedModel model : found.models()) {
                values.add(ModelCharts.number(model.evaluation().metric(metric).value()));
                @Nullable
                Difference difference = found.differences().stream()
                        .filter(each ->
                                each.model().equals(model.id()) && each.metric().equals(metric))
                        .findFirst()
                        .orElse(null);
                differences.add(difference == null ? "" : signed(difference.value()));
                bounds.add(
                        difference == null
                                ? ""
                                : signed(difference.low()) + " and " + signed(difference.high())
                                        + (difference.isClear() ? "" : " (chance?)"));
            }
            if (!baseline.isEmpty()) {
                values.add(ModelCharts.number(baseline.getOrDefault(metric, Double.NaN)));
                differences.add("");
                bounds.add("");
            }
            rows.add(values);
            if (!found.differences().isEmpty()) {
                rows.add(differences);
                rows.add(bounds);
            }
        }
        String table =
                "Predicting " + found.target() + ", the best first\n\n" + table(rows, titles.toArray(String[]::new));
        return found.note().isEmpty() ? table : table + "\n\n" + found.note();
    }

    /** @param titles those with a # before them are of numbers, which stand to the right */
    private static String table(List<List<@Nullable Object>> rows, String... titles) {
        List<ResultColumn> columns = Arrays.stream(titles)
                .map(title -> title.startsWith("#")
                        ? new ResultColumn(title.substring(1), ColumnType.DECIMAL)
                        : new ResultColumn(title, ColumnType.TEXT))
                .toList();
        return TextTable.format(columns, rows, rows.size());
    }

    private static String signed(double value) {
        return (value < 0 ? "-" : "+") + ModelCharts.number(Math.abs(value));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }
}
