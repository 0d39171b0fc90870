package dev.datastudio.agents.planner.internal;

import static dev.datastudio.agents.planner.internal.Sentence.phrase;

import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.core.analysis.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads lists of statistics with the columns they are of: "the mean and standard deviation of A and B for each C". */
final class DescribeReader {
    private static final Map<String, String> STATISTICS = statistics();
    private static final String ONE = "(?:"
            + String.join(
                    "|",
                    STATISTICS.keySet().stream()
                            .sorted((a, b) -> Integer.compare(b.length(), a.length()))
                            .toList())
            + ")(?: values?)?";
    private static final String LIST =
            "(" + ONE + "(?:(?: ,)?(?: and| as well as)? (?:·+ )*(?:new |overall )?" + ONE + ")*)";
    private static final String KIND =
            "(?: (?:new|transformed|resulting|cleaned|remaining|numeric|number of|these|those|this|each|all|values?|scores?|distribution of|normali[sz]ed|scaled|standardi[sz]ed|both|of|in|for|from))*";

    private static final Pattern OF =
            phrase(LIST + "(?: (?:values?|scores?|calculations?))?(?: (?:of|for|in|from|on))" + KIND + " <cl>");
    private static final Pattern BEFORE = phrase(LIST + "(?: number of| count of)? <cl>(?: values?)?");
    private static final Pattern AFTER = phrase("<c> " + LIST);
    private static final Pattern OF_IT = phrase(
            LIST
                    + "(?: (?:of|for|in))?(?: (?:these|those|this|new|it|its|that|resulting|them|each|identified|values?|durations?|feature|data|remaining|using))*");
    private static final Pattern ANY = phrase(LIST);
    private static final Pattern MENTION = phrase("<c>");
    private static final Pattern METHOD =
            phrase("(?:for |when |while |before )?(?:calculating|computing|calculation of|computation of) " + LIST
                    + "(?: calculations?)?");
    private static final Pattern DEFINED = phrase(
            "(?:arithmetic )?(?:mean|average)(?: average)?(?: mean)?(?: as)? sum of (?:all )?(?:recorded )?(?:values?|observations?) (?:divided by|/) (?:total )?number of (?:observations?|values?)");
    private static final Pattern EACH = phrase(
            "(?:(?:separately )?(?:for|by|per|in|within|across|of) (?:each|every|different)(?: type of| kind of| group of| value of)?|by|per|grouped by|group by|broken down by) <c>");

    private final Sentence sentence;
    private final Request request;

    DescribeReader(Sentence sentence, Request request) {
        this.sentence = sentence;
        this.request = request;
    }

    private static Map<String, String> statistics() {
        Map<String, String> words = new LinkedHashMap<>();
        put(words, "mean", "mean", "average", "arithmetic mean", "averages", "means", "avg");
        put(words, "median", "median", "medians");
        put(words, "mode", "mode", "most frequent value", "most common value");
        put(
                words,
                "standard_deviation",
                "standard deviation",
                "standard deviations",
                "std",
                "std dev",
                "stddev",
                "sd",
                "stdev");
        put(words, "variance", "variance", "variances");
        put(words, "min", "minimum", "min", "smallest value", "lowest value");
        put(words, "max", "maximum", "max", "largest value", "highest value");
        put(words, "range", "range");
        put(words, "sum", "sum", "total");
        put(words, "interquartile_range", "interquartile range", "iqr");
        put(words, "skewness", "skewness", "skew", "coefficient of skewness", "skewness coefficient");
        put(words, "kurtosis", "kurtosis", "excess kurtosis");
        put(words, "standard_error", "standard error", "standard error of mean", "sem");
        put(words, "coefficient_of_variation", "coefficient of variation");
        put(words, "geometric_mean", "geometric mean");
        put(words, "percentile25", "first quartile", "lower quartile", "25th percentile", "q1");
        put(words, "percentile75", "third quartile", "upper quartile", "75th percentile", "q3");
        put(words, "percentile10", "10th percentile");
        put(words, "percentile90", "90th percentile");
        put(words, "percentile95", "95th percentile");
        put(words, "percentile99", "99th percentile");
        return words;
    }

    private static void put(Map<String, String> words, String argument, String... phrases) {
        for (String phrase : phrases) {
            words.put(phrase, argument);
        }
    }

    /** @param ofOutliers whether the sentence speaks of outliers alone */
    void read(boolean ofOutliers) {
        definitions();
        List<ColumnEntry> groups = groups();
        boolean any = false;
        for (Pattern pattern : List.of(OF, BEFORE)) {
            for (MatchResult found : sentence.takeAll(pattern)) {
                any |= add(found.group(1), columns(found.group(2)), groups, ofOutliers);
            }
        }
        for (MatchResult found : sentence.takeAll(AFTER)) {
            any |= add(found.group(2), columns(found.group(1)), groups, ofOutliers);
        }
        if (!any && sentence.has(ANY)) {
            lonely(groups, ofOutliers);
        }
    }

    /** "For calculating the mean, use …" asks for nothing that was not asked for. */
    private void definitions() {
        boolean known = request.tasks().stream().anyMatch(RequestTask.Describe.class::isInstance);
        if (known) {
            sentence.takeAll(DEFINED);
        }
        Optional<MatchResult> method = sentence.find(METHOD);
        boolean asked = method.isPresent()
                && sentence.columns().isEmpty()
                && request.describes(arguments(method.get().group(1)));
        if (asked) {
            sentence.takeAll(METHOD);
        }
    }

    /** "Calculate its mean": of the column that was spoken of last. */
    private void lonely(List<ColumnEntry> groups, boolean ofOutliers) {
        Optional<ColumnEntry> last = request.lastDerived().or(() -> {
            List<ColumnEntry> before = request.taskColumns();
            return before.size() == 1 ? Optional.of(before.get(0)) : Optional.empty();
        });
        List<ColumnEntry> here =
                columns(sentence.text()).stream().filter(ColumnEntry::isNumeric).toList();
        List<ColumnEntry> columns = here.size() == 1 ? here : last.map(List::of).orElse(List.of());
        List<String> named = new ArrayList<>();
        sentence.find(ANY).ifPresent(f -> named.addAll(arguments(f.group(1))));
        if (here.isEmpty() && request.describes(named)) {
            sentence.takeAll(OF_IT);
            return;
        }
        if (columns.isEmpty()) {
            return;
        }
        List<String> all = new ArrayList<>();
        for (MatchResult found : sentence.takeAll(OF_IT)) {
            all.addAll(arguments(found.group(1)));
        }
        describe(all, columns, groups, ofOutliers);
        if (here.size() == 1) {
            sentence.takeAll(MENTION);
        }
    }

    private List<ColumnEntry> groups() {
        List<ColumnEntry> groups = new ArrayList<>();
        if (!sentence.has(ANY)) {
            return groups;
        }
        for (MatchResult found : sentence.takeAll(EACH)) {
            groups.add(request.column(sentence.item(found.group(1)), ColumnEntry::isCategory));
        }
        return groups;
    }

    private List<ColumnEntry> columns(String part) {
        List<ColumnEntry> columns = sentence.all(part, 'c').stream()
                .map(i -> request.column(i, ColumnEntry::isNumeric))
                .map(request::current)
                .distinct()
                .toList();
        List<ColumnEntry> quantities =
                columns.stream().filter(c -> c.column().role() != ColumnRole.ID).toList();
        return quantities.isEmpty() ? columns : quantities;
    }

    private static List<String> arguments(String list) {
        List<String> arguments = new ArrayList<>();
        var matcher = Pattern.compile(ONE).matcher(list);
        while (matcher.find()) {
            arguments.add(STATISTICS.get(matcher.group().replaceFirst(" values?$", "")));
        }
        return arguments;
    }

    private boolean add(String list, List<ColumnEntry> columns, List<ColumnEntry> groups, boolean ofOutliers) {
        describe(arguments(list), columns, groups, ofOutliers);
        return true;
    }

    private void describe(
            List<String> statistics, List<ColumnEntry> columns, List<ColumnEntry> groups, boolean ofOutliers) {
        Optional<ColumnEntry> text = columns.stream()
                .filter(c -> !c.isNumeric() && !(statistics.equals(List.of("mode")) || c.isTemporal()))
                .findFirst();
        if (text.isPresent()) {
            request.refuse(text.get().name() + " is not a number, so no "
                    + statistics.get(0).replace('_', ' ') + " of it can be computed.");
            return;
        }
        request.add(new RequestTask.Describe(
                statistics.stream().distinct().toList(), columns, groups, Condition.always(), ofOutliers));
    }
}
