package dev.datastudio.agents.planner.internal;

import static dev.datastudio.agents.planner.internal.Sentence.phrase;

import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Order;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
            + "|§n\\d+ percentile)(?: values?)?";
    private static final Pattern NAMED = phrase(ONE);
    private static final Pattern LISTED = Pattern.compile(ONE);
    private static final String LIST =
            "(" + ONE + "(?:(?: ,)?(?: and| as well as)? (?:·+ )*(?:new |overall )?" + ONE + ")*)";
    private static final String KIND =
            "(?: (?:new|transformed|resulting|cleaned|filled|imputed|updated|filtered|remaining|numeric|number of|these|those|this|each|all|values?|scores?|distribution of|normali[sz]ed|scaled|standardi[sz]ed|both|of|in|for|from))*";

    private static final Pattern OF =
            phrase(LIST + "(?: (?:values?|scores?|calculations?))?(?: (?:of|for|in|from|on))" + KIND + " <cl>");
    private static final Pattern BEFORE = phrase(LIST + "(?: number of| count of)? <cl>(?: values?)?");
    private static final Pattern AFTER = phrase("<c> " + LIST);
    private static final Pattern OF_IT = phrase(
            LIST
                    + "(?: (?:of|for|in))?(?: (?:these|those|this|new|it|its|that|resulting|them|each|identified|values?|durations?|feature|data|remaining|using|transformed|scaled|normali[sz]ed|standardi[sz]ed|cleaned|filled|imputed|updated|filtered|afterwards|after that|again|same|variable))*");
    private static final Pattern ANY = phrase(LIST);
    private static final Pattern MENTION = phrase("<c>");
    private static final Pattern METHOD =
            phrase("(?:for |when |while |before )?(?:calculating|computing|calculation of|computation of) " + LIST
                    + "(?: calculations?)?");
    private static final Pattern DEFINED = phrase(
            "(?:arithmetic )?(?:mean|average)(?: average)?(?: mean)?(?: as)? sum of (?:all )?(?:recorded )?(?:values?|observations?) (?:divided by|/) (?:total )?number of (?:observations?|values?)");
    /** "The mean across all countries": of all rows, whatever they are called. */
    private static final Pattern OVERALL = phrase("(?:across|over|among|for) all(?: of)?(?: different)? <c>(?= |$)");

    private static final Pattern OF_TESTED = phrase(
            LIST
                    + "(?: values?)? (?:of|for|in) (?:each|every|both|two|all)(?: of)?(?: two| three)? (?:groups?|samples?|categor(?:y|ies)|class(?:es)?)");
    private static final Pattern COUNTERPARTS = phrase("(?:of|for|between|among|by) <c> (?:and|or|vs|versus) non <c>");
    private static final Set<String> LOWEST = Set.of("lowest", "smallest", "minimum", "least");
    private static final Pattern RANKED = phrase(
            "(?:(?:and|then|,|identify|find|report|return|determine|give|state|show|name|which|what|is) )*(?:<c>|ones?|groups?|category) (?:with|has|had|having|that has|which has) (highest|largest|greatest|maximum|lowest|smallest|minimum|least)(?: (?:"
                    + ONE + "|such|of these|one))?(?: <c>)?(?=[ ·,]*$)");
    private static final Pattern SEPARATELY = phrase("separately|individually");
    private static final Pattern EACH_GROUP = phrase(
            "(?:for|of|in|within|per) (?:each|every|all)(?: of (?:these|those))? (?:groups?|category|class|type|one|them)|separately");
    private static final Pattern EACH = phrase(
            "(?:(?:separately )?(?:for|by|per|in|within|across|of) (?:each|every|different)(?: type of| kind of| group of| value of)?|by|per|grouped by|group(?:ing)?(?: (?:data|rows|records|results|them|observations|it))? by|broken down by)(?: different)? <c>(?: (?:and|then|,)+(?= ))?");

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
        put(words, "sum", "sum", "total", "sum up", "summing up", "total sum");
        put(words, "interquartile_range", "interquartile range", "iqr");
        put(words, "skewness", "skewness", "skew", "asymmetry", "coefficient of skewness", "skewness coefficient");
        put(words, "kurtosis", "kurtosis", "excess kurtosis", "kurt");
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
        if (sentence.has(ANY)) {
            sentence.takeAll(OVERALL);
        }
        ofTested();
        List<ColumnEntry> groups = groups();
        if (!groups.isEmpty()) {
            ranked(groups);
        }
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

    /** "The mean of each group": of the groups that were tested. */
    private void ofTested() {
        List<RequestTask.Test> tests = request.tasks().stream()
                .filter(RequestTask.Test.class::isInstance)
                .map(RequestTask.Test.class::cast)
                .filter(t -> t.columns().size() == 1 && t.groups().size() == 1)
                .toList();
        if (tests.isEmpty() || !sentence.columns().isEmpty()) {
            return;
        }
        RequestTask.Test test = tests.get(tests.size() - 1);
        for (MatchResult found : sentence.takeAll(OF_TESTED)) {
            request.add(new RequestTask.Describe(
                    arguments(found.group(1)), test.columns(), test.groups(), test.filter(), false));
        }
    }

    /** "Identify the region with the highest average": the groups are shown in that order. */
    private void ranked(List<ColumnEntry> groups) {
        for (MatchResult found : sentence.takeAll(RANKED)) {
            ColumnEntry group = found.group(1) == null
                    ? groups.get(0)
                    : request.column(sentence.item(found.group(1)), ColumnEntry::isCategory);
            if (groups.contains(group)) {
                boolean low = LOWEST.contains(found.group(2));
                request.rank(group, low ? Order.Direction.ASCENDING : Order.Direction.DESCENDING);
            } else {
                request.refuse("'" + group.name() + "' is ranked, and it is not said by what.");
            }
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
        List<String> asked = new ArrayList<>();
        sentence.find(ANY).ifPresent(f -> asked.addAll(arguments(f.group(1))));
        if (here.isEmpty() && request.describes(asked)) {
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
        for (MatchResult found : sentence.takeAll(COUNTERPARTS)) {
            ColumnEntry first = request.column(sentence.item(found.group(1)), ColumnEntry::isCategory);
            ColumnEntry second = request.column(sentence.item(found.group(2)), ColumnEntry::isCategory);
            if (!first.equals(second)) {
                request.refuse("'Non' stands before a column that wasn't named before it.");
            }
            groups.add(first);
        }
        if (!groups.isEmpty()) {
            sentence.takeAll(EACH_GROUP);
        } else if (sentence.columns().size() > 1) {
            sentence.takeAll(SEPARATELY);
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

    private List<String> arguments(String list) {
        return named(sentence, list, LISTED);
    }

    /** The statistics that a part of a sentence names. */
    static List<String> named(Sentence sentence, String text) {
        return named(sentence, text, NAMED);
    }

    private static List<String> named(Sentence sentence, String text, Pattern pattern) {
        List<String> arguments = new ArrayList<>();
        var matcher = pattern.matcher(text);
        while (matcher.find()) {
            String words = matcher.group().replaceFirst(" values?$", "");
            String known = STATISTICS.get(words);
            arguments.add(known != null ? known : "percentile" + Math.round(sentence.number(words.split(" ", -1)[0])));
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
