package dev.datastudio.agents.eval.internal;

import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerStep;
import dev.datastudio.agents.ask.TestOutcome;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an answer says, each value with the words that it goes by: its column's name, the texts of its row,
 * the part of a test that it is. Immutable.
 */
final class AnswerFacts {
    private static final int MAX_ROWS = 200;

    /** Words for the same statistic, as column names and forms of answers have them. */
    private static final Map<String, String> SYNONYMS = Map.ofEntries(
            Map.entry("average", "mean"),
            Map.entry("avg", "mean"),
            Map.entry("standard", "std"),
            Map.entry("deviation", "std"),
            Map.entry("stddev", "std"),
            Map.entry("dev", "std"),
            Map.entry("sd", "std"),
            Map.entry("corr", "correlation"),
            Map.entry("coefficient", "correlation"),
            Map.entry("r", "correlation"),
            Map.entry("pearson", "correlation"),
            Map.entry("number", "count"),
            Map.entry("num", "count"),
            Map.entry("total", "count"),
            Map.entry("rows", "count"),
            Map.entry("minimum", "min"),
            Map.entry("lowest", "min"),
            Map.entry("maximum", "max"),
            Map.entry("highest", "max"),
            Map.entry("percentage", "percent"),
            Map.entry("proportion", "percent"),
            Map.entry("share", "percent"),
            Map.entry("skew", "skewness"),
            Map.entry("pval", "p"),
            Map.entry("pvalue", "p"));

    /** Words that name a statistic; values of different statistics are never taken for one another. */
    private static final Set<String> STATISTICS = Set.of(
            "mean",
            "median",
            "std",
            "min",
            "max",
            "count",
            "sum",
            "variance",
            "p",
            "correlation",
            "percent",
            "skewness",
            "kurtosis",
            "statistic",
            "range",
            "mode",
            "slope",
            "determination",
            "intercept");

    private static final Pattern R_SQUARED =
            Pattern.compile("r²|(?<![a-z])r[ _-]?(?:squared?|2)(?![a-z0-9])|coefficient[ _](?:of[ _])?determination");

    /** Operations whose rows are what was looked for, so that how many there are is a part of the answer. */
    private static final Set<String> COUNTED = Set.of("outliers", "duplicates", "list");

    private final List<Fact> facts;
    private final List<TestOutcome> tests;
    private final boolean emptyList;

    private AnswerFacts(List<Fact> facts, List<TestOutcome> tests, boolean emptyList) {
        this.emptyList = emptyList;
        this.facts = List.copyOf(facts);
        this.tests = List.copyOf(tests);
    }

    /** A value, and the words for it. */
    record Fact(Object value, Set<String> words) {
        boolean isNumber() {
            return value instanceof Number;
        }

        double number() {
            return ((Number) value).doubleValue();
        }
    }

    static AnswerFacts of(Answer answer) {
        List<Fact> facts = new ArrayList<>();
        List<TestOutcome> tests = new ArrayList<>();
        for (AnswerStep step : answer.steps()) {
            addRows(facts, step);
            if (step.test() != null) {
                tests.add(step.test());
                addTest(facts, step.test());
            } else if (COUNTED.contains(step.op())) {
                facts.add(new Fact(step.totalRows(), words("count " + step.op())));
            }
        }
        boolean empty = answer.steps().stream().anyMatch(s -> COUNTED.contains(s.op()) && s.totalRows() == 0);
        return new AnswerFacts(facts, tests, empty);
    }

    private static void addRows(List<Fact> facts, AnswerStep step) {
        for (List<@Nullable Object> row :
                step.rows().subList(0, Math.min(MAX_ROWS, step.rows().size()))) {
            Set<String> texts = new LinkedHashSet<>();
            row.stream().filter(String.class::isInstance).forEach(text -> texts.addAll(words(text.toString())));
            for (int column = 0; column < row.size(); column++) {
                Object value = row.get(column);
                if (value != null) {
                    Set<String> words = words(step.columns().get(column).name());
                    if (step.op().equals("missing") && words.contains("missing")) {
                        words.add("count");
                    }
                    words.addAll(value instanceof String ? Set.of() : texts);
                    facts.add(new Fact(value, words));
                }
            }
        }
    }

    private static void addTest(List<Fact> facts, TestOutcome test) {
        Set<String> name = words(test.name());
        facts.add(new Fact(test.pValue(), plus(without(name), "p")));
        facts.add(new Fact(test.statistic(), plus(without(name), "statistic")));
        if (name.contains("correlation") && !Double.isNaN(test.effectSize())) {
            facts.add(new Fact(test.effectSize(), plus(name, "correlation")));
        }
    }

    private static Set<String> without(Set<String> words) {
        Set<String> rest = new TreeSet<>(words);
        rest.removeAll(STATISTICS);
        return rest;
    }

    private static Set<String> plus(Set<String> words, String word) {
        Set<String> more = new TreeSet<>(words);
        more.add(word);
        return more;
    }

    /** The words of a name: snake and camel case parts, lower case, one word for each statistic. */
    static Set<String> words(String name) {
        Set<String> words = new LinkedHashSet<>();
        String parted = R_SQUARED
                .matcher(name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT))
                .replaceAll(" determination ")
                .replaceAll("(?<=\\d)(?:st|nd|rd|th)(?![a-z])", "")
                .replaceAll("(?<![a-z])q1(?![a-z0-9])", "25 percentile")
                .replaceAll("(?<![a-z])q3(?![a-z0-9])", "75 percentile");
        for (String word : parted.split("[^\\p{L}\\p{N}]+", -1)) {
            String single = word.length() > 3 && word.endsWith("s") && !word.endsWith("ss")
                    ? word.substring(0, word.length() - 1)
                    : word;
            if (!single.isEmpty()) {
                words.add(SYNONYMS.getOrDefault(word, SYNONYMS.getOrDefault(single, single)));
            }
        }
        return words;
    }

    /** Whether the answer lists what was looked for, and there is nothing of it. */
    boolean isEmptyList() {
        return emptyList;
    }

    /** The tests of the answer, in order. */
    List<TestOutcome> tests() {
        return tests;
    }

    /** The number that some words name. */
    OptionalDouble number(Set<String> words) {
        return best(facts.stream().filter(Fact::isNumber).toList(), words)
                .map(fact -> OptionalDouble.of(fact.number()))
                .orElse(OptionalDouble.empty());
    }

    /** The texts of the column that some words name, in the order of the rows, without repeats. */
    List<String> texts(Set<String> words) {
        List<Fact> others = facts.stream().filter(fact -> !fact.isNumber()).toList();
        int most = others.stream().mapToInt(fact -> overlap(fact, words)).max().orElse(0);
        return others.stream()
                .filter(fact -> overlap(fact, words) == most)
                .map(fact -> fact.value().toString())
                .distinct()
                .toList();
    }

    /** The value with most of the words, when no other has as many. */
    private static Optional<Fact> best(List<Fact> facts, Set<String> words) {
        List<Fact> fitting =
                facts.stream().filter(fact -> isSameStatistic(fact, words)).toList();
        int most = fitting.stream().mapToInt(fact -> overlap(fact, words)).max().orElse(0);
        List<Fact> first =
                fitting.stream().filter(fact -> overlap(fact, words) == most).toList();
        boolean one = !first.isEmpty()
                && first.stream()
                        .allMatch(fact -> Cells.sameNumbers(first.get(0).number(), fact.number()));
        return one && (most > 0 || facts.size() == 1) ? Optional.of(first.get(0)) : Optional.empty();
    }

    private static boolean isSameStatistic(Fact fact, Set<String> words) {
        Set<String> asked = statistics(words);
        return asked.isEmpty() || statistics(fact.words()).containsAll(asked);
    }

    /** Those of some words that name a statistic. */
    static Set<String> statistics(Set<String> words) {
        Set<String> named = new TreeSet<>(words);
        named.retainAll(STATISTICS);
        return named;
    }

    private static int overlap(Fact fact, Set<String> words) {
        Set<String> common = new TreeSet<>(fact.words());
        common.retainAll(words);
        return common.size();
    }
}
