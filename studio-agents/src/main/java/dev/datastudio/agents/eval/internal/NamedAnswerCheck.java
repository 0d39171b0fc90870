package dev.datastudio.agents.eval.internal;

import dev.datastudio.api.query.QueryResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Expects named values: right when all of them are, whatever else the answer says. A number must round to the expected
 * one at the decimals that the form states, else at those that the expected one is written with; texts are compared
 * without letter case, quotes and blanks, lists in any order. Immutable.
 */
record NamedAnswerCheck(AnswerForm form, Map<String, String> labels) implements Check {
    private static final int MAX_DECIMALS = 10;

    @Override
    public Verdict judge(Asked asked, Function<String, QueryResult> database) {
        List<List<@Nullable Object>> expected = new ArrayList<>();
        labels.forEach((name, value) -> expected.add(List.of(name, value)));
        if (labels.isEmpty()) {
            return Verdict.skipped("the set has no values for this question");
        } else if (!asked.isAnswered()) {
            return Verdict.refused(expected);
        }
        Map<String, Object> named = NamedAnswers.of(form, AnswerFacts.of(asked.answer()));
        List<List<@Nullable Object>> got = new ArrayList<>();
        named.forEach((name, value) -> got.add(List.of(name, value)));
        List<String> amiss = labels.entrySet().stream()
                .filter(label -> !isRight(label.getKey(), label.getValue(), named.get(label.getKey())))
                .map(label -> label.getKey() + (named.containsKey(label.getKey()) ? " is another" : " is not given"))
                .toList();
        return amiss.isEmpty() ? Verdict.right(expected, got) : Verdict.wrong(expected, got, String.join(", ", amiss));
    }

    private boolean isRight(String name, String label, @Nullable Object value) {
        Optional<Double> number = Cells.number(plain(label));
        if (value instanceof Double given) {
            return number.isPresent() && roundsTo(given, number.get(), decimals(name, plain(label)));
        }
        return value != null && parts(label).equals(parts(value.toString()));
    }

    /** Whether a number, rounded either way at a half, is the expected one. */
    static boolean roundsTo(double value, double expected, int decimals) {
        return Math.abs(value - expected) <= 0.5 * Math.pow(10, -decimals) * (1 + 1e-9) + 1e-12 * Math.abs(expected);
    }

    private int decimals(String name, String label) {
        int written = Math.max(0, new BigDecimal(label).scale());
        int stated = form.fields().stream()
                .filter(field -> field.name().equals(name))
                .flatMap(field -> field.decimals().stream().boxed())
                .findFirst()
                .orElse(written);
        return Math.min(MAX_DECIMALS, Math.max(stated, written));
    }

    private static String plain(String text) {
        return text.strip().replaceAll("^\"|\"$", "").strip();
    }

    private static List<String> parts(String list) {
        return Arrays.stream(plain(list).toLowerCase(Locale.ROOT).split(",", -1))
                .map(String::strip)
                .sorted()
                .toList();
    }
}
