package dev.datastudio.agents.eval.internal;

import dev.datastudio.agents.ask.AnswerStep;
import dev.datastudio.api.query.QueryResult;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Expects a list of values, in any order.
 *
 * <p>An answer is rows; which of their columns is the list is decided from the question alone: the only column, else
 * the single value where an amount is asked for ("how many"), else the first column. Texts are compared as the set's
 * own evaluator does (Pasupat and Liang, Compositional Semantic Parsing on Semi-Structured Tables, 2015): without
 * letter case, accents, notes in brackets and quotes around the whole. Immutable.
 */
record ListCheck(String question, List<@Nullable Object> expected) implements Check {
    private static final Pattern AMOUNT = Pattern.compile(
            "\\b(how (many|much|long|old|far|tall)|(number|total|sum|average|difference|amount) (of|in|between)|"
                    + "(the|in) (total|average|difference))\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NOTES = Pattern.compile("((?<!^)\\[[^\\]]*\\]|\\[\\d+\\]|[•♦†‡*#+])*$");
    private static final Pattern BRACKETS = Pattern.compile("(?<!^)( \\([^)]*\\))*$");
    private static final Pattern QUOTED = Pattern.compile("^\"([^\"]*)\"$");

    @Override
    public Verdict judge(Asked asked, Function<String, QueryResult> database) {
        List<List<@Nullable Object>> wanted = column(expected);
        Optional<AnswerStep> step = asked.onlyStep();
        if (!asked.isAnswered()) {
            return Verdict.refused(wanted);
        } else if (step.isEmpty()) {
            return Verdict.wrong(
                    wanted,
                    asked.answer().steps().get(0).rows(),
                    asked.answer().steps().size() + " steps");
        }
        List<@Nullable Object> given = list(step.get());
        return matches(expected, given)
                ? Verdict.right(wanted, step.get().rows())
                : Verdict.wrong(wanted, step.get().rows(), "other values");
    }

    private List<@Nullable Object> list(AnswerStep step) {
        if (step.columns().size() > 1
                && step.value() != null
                && AMOUNT.matcher(question).find()) {
            List<@Nullable Object> single = new ArrayList<>();
            single.add(step.value());
            return single;
        }
        List<@Nullable Object> first = new ArrayList<>();
        step.rows().forEach(row -> first.add(row.get(0)));
        return first;
    }

    private static boolean matches(List<@Nullable Object> expected, List<@Nullable Object> got) {
        List<@Nullable Object> left = new ArrayList<>(got);
        for (Object value : expected) {
            int partner = -1;
            for (int i = 0; i < left.size() && partner < 0; i++) {
                partner = same(value, left.get(i)) ? i : -1;
            }
            if (partner < 0) {
                return false;
            }
            left.remove(partner);
        }
        return left.isEmpty();
    }

    private static boolean same(@Nullable Object expected, @Nullable Object got) {
        String wanted = String.valueOf(expected);
        if (got == null) {
            return false;
        }
        Optional<Double> number = Cells.number(wanted.replace(",", ""));
        if (number.isPresent()) {
            Optional<Double> given = got instanceof Number n
                    ? Optional.of(n.doubleValue())
                    : Cells.number(got.toString().replace(",", ""));
            return given.isPresent() && Cells.sameNumbers(number.get(), given.get());
        }
        return Cells.same(wanted, got) || normal(wanted).equals(normal(got.toString()));
    }

    /** A text as the set's evaluator compares it. */
    static String normal(String text) {
        String plain =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        plain = plain.replaceAll("[‘’´`]", "'").replaceAll("[“”]", "\"").replaceAll("[‐‑‒–—−]", "-");
        String before;
        do {
            before = plain;
            plain = NOTES.matcher(plain.strip()).replaceFirst("");
            plain = BRACKETS.matcher(plain.strip()).replaceFirst("");
            plain = QUOTED.matcher(plain.strip()).replaceFirst("$1");
        } while (!before.equals(plain));
        if (plain.endsWith(".")) {
            plain = plain.substring(0, plain.length() - 1);
        }
        return plain.replaceAll("\\s+", " ").strip().toLowerCase(Locale.ROOT);
    }

    private static List<List<@Nullable Object>> column(List<@Nullable Object> values) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Object value : values) {
            rows.add(List.of(Objects.requireNonNull(value)));
        }
        return rows;
    }
}
