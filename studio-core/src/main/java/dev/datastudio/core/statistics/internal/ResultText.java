package dev.datastudio.core.statistics.internal;

import dev.datastudio.core.statistics.TestResult;
import dev.datastudio.core.statistics.TestResult.Check;
import dev.datastudio.core.statistics.TestResult.Comparison;
import dev.datastudio.core.statistics.TestResult.Effect;
import dev.datastudio.core.statistics.TestResult.Group;
import dev.datastudio.core.statistics.TestResult.Value;
import java.util.List;
import java.util.stream.Collectors;

/** A result in a few lines. */
public final class ResultText {
    private static final int MOST_GROUPS = 12;
    private static final int MOST_COMPARISONS = 20;

    private ResultText() {}

    /** One fact a line, the conclusion first. */
    public static String of(TestResult result) {
        StringBuilder text = new StringBuilder();
        line(text, "", result.conclusion());
        line(
                text,
                "test: ",
                result.name() + ", " + result.alternative().words() + ", alpha " + Texts.number(result.alpha()));
        line(text, "why: ", result.reason());
        line(text, "H0: ", result.nullHypothesis());
        line(text, "H1: ", result.alternativeHypothesis());
        line(text, "statistics: ", values(result.statistics()));
        line(
                text,
                "degrees of freedom: ",
                result.degreesOfFreedom().stream().map(Texts::number).collect(Collectors.joining(", ")));
        line(
                text,
                "p-value: ",
                precise(result.pValue()) + " (" + result.exactness().words() + ")");
        result.effects().forEach(effect -> line(text, "effect: ", effect(effect)));
        result.groups().stream().limit(MOST_GROUPS).forEach(group -> line(text, "group: ", group(group)));
        more(text, result.groups().size() - MOST_GROUPS, "group");
        result.checks().forEach(check -> line(text, "check: ", check(check)));
        if (!result.comparisons().isEmpty()) {
            line(text, "pairs by ", result.comparisonMethod() + ":");
            result.comparisons().stream()
                    .limit(MOST_COMPARISONS)
                    .forEach(comparison -> line(text, "  ", comparison(comparison)));
            more(text, result.comparisons().size() - MOST_COMPARISONS, "pair");
        }
        result.warnings().forEach(warning -> line(text, "warning: ", warning));
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String label, String value) {
        if (!value.isEmpty()) {
            text.append(label).append(value).append('\n');
        }
    }

    private static void more(StringBuilder text, int left, String noun) {
        if (left > 0) {
            line(text, "  and ", left + " more " + noun + (left == 1 ? "" : "s"));
        }
    }

    private static String precise(double p) {
        return p == 0 ? "below 1e-300" : Texts.number(p);
    }

    private static String values(List<Value> values) {
        return values.stream()
                .map(v -> v.name() + " = " + Texts.number(v.value()))
                .collect(Collectors.joining(", "));
    }

    private static String effect(Effect effect) {
        String interval = effect.low().isPresent()
                ? " [" + Texts.number(effect.low().getAsDouble()) + ", "
                        + Texts.number(effect.high().orElse(Double.NaN)) + "]"
                : "";
        String words = effect.magnitude().isEmpty() ? "" : " (" + effect.magnitude() + ")";
        return effect.name() + " = " + Texts.number(effect.value()) + interval + words;
    }

    private static String group(Group group) {
        String size = Texts.name(group.name()) + ": n = " + group.size();
        return Double.isNaN(group.mean())
                ? size
                : size + ", mean " + Texts.number(group.mean()) + ", median " + Texts.number(group.median())
                        + ", standard deviation " + Texts.number(group.deviation());
    }

    private static String check(Check check) {
        return check.name() + " " + check.verdict().name().toLowerCase(java.util.Locale.ROOT) + ". " + check.sentence();
    }

    private static String comparison(Comparison c) {
        String interval = c.low().isPresent()
                ? " [" + Texts.number(c.low().getAsDouble()) + ", "
                        + Texts.number(c.high().orElse(Double.NaN)) + "]"
                : "";
        return Texts.name(c.first()) + " - " + Texts.name(c.second()) + ": " + Texts.number(c.difference()) + interval
                + ", " + Texts.pValue(c.pValue());
    }
}
