package dev.datastudio.agents.agent.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A wish for groups, principal components, unusual rows or a forecast, read out of a question by its words and the names of
 * columns in it. Immutable.
 *
 * @param tool that fulfils it
 * @param arguments what the tool is called with, a JSON object
 */
record ExploringWish(String tool, String arguments) {
    /** The tools that may fulfil one. */
    static final List<String> TOOLS =
            List.of("cluster_rows", "principal_components", "find_anomalies", "forecast_series");

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String NUMBER = "(\\d{1,3}|a|one|two|three|four|five|six|seven|eight|nine|ten|twelve)";
    private static final List<String> NUMBERS =
            List.of("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "", "twelve");

    private static final Pattern FORECAST = pattern("forecast(s|ed|ing)?|extrapolate|"
            + "(predict|project|expect(ed)?|estimate)\\b.{0,60}\\b(next|coming|following)( " + NUMBER
            + ")? (days?|weeks?|months?|quarters?|years?)");
    private static final Pattern AHEAD = pattern("(?:next|coming|following|for)(?: " + NUMBER
            + ")? (day|week|month|quarter|year)s?|" + NUMBER + " (day|week|month|quarter|year)s? ahead");
    private static final Pattern BY_PERIOD =
            pattern("(?:by|per|each|every) (day|week|month|quarter|year)" + "|(dai|week|month|quarter|year)ly");

    /** “Group customers by region” is a question for figures, and “find groups of customers” is none. */
    private static final Pattern GROUPS =
            pattern("k-?means|clustering|(find|show|make|build|detect|identify) (the |some )?clusters"
                    + "|cluster (the|these|this|my|our|all|rows|customers|orders|products|data)"
                    + "|(find|discover|detect|identify|natural) (the |some |natural |similar |" + NUMBER
                    + " )*(groups|segments) (of|in|among)"
                    + "|(group|segment|split|divide) (the |these |my |our |all |similar |alike )*[\\p{L}]+( in| from)?"
                    + "( (into|in) (similar |natural |" + NUMBER + " )*(groups|segments|clusters))?[.?! ]*$");

    private static final Pattern COUNT = pattern(NUMBER + " (?:similar |natural )*(?:groups|segments|clusters)");
    private static final Pattern COMPARED = pattern("by|using|based on|on|with");

    private static final Pattern COMPONENTS = pattern("principal components?( analysis)?|pca");

    /** Outliers and anomalies of a column by a rule are the planner's. */
    private static final Pattern UNUSUAL =
            pattern("(unusual|strange(st)?|suspicious|abnormal|weird(est)?|odd(est)?) \\p{L}+"
                    + "|isolation forest|anomaly (detection|scores?)|anomalous \\p{L}+");

    private static Pattern pattern(String words) {
        return Pattern.compile(
                "(?<![\\p{L}\\p{N}])(?:" + words + ")(?![\\p{L}\\p{N}])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** A column's name in a question. */
    private record Mention(Column column, int start) {}

    /** The wish, when a question about a data set is one. */
    static Optional<ExploringWish> read(String question, Dataset dataset) {
        String text = question.strip();
        ObjectNode arguments =
                JSON.createObjectNode().put("source_id", dataset.id().toString());
        if (FORECAST.matcher(text).find()) {
            return forecast(text, dataset, arguments);
        }
        if (COMPONENTS.matcher(text).find()) {
            columns(arguments, compared(text, dataset));
            return Optional.of(new ExploringWish("principal_components", arguments.toString()));
        }
        if (UNUSUAL.matcher(text).find()) {
            columns(arguments, compared(text, dataset));
            return Optional.of(new ExploringWish("find_anomalies", arguments.toString()));
        }
        if (GROUPS.matcher(text).find()) {
            Matcher count = COUNT.matcher(text);
            if (count.find() && number(count.group(1)) > 1) {
                arguments.put("clusters", number(count.group(1)));
            }
            columns(arguments, compared(text, dataset));
            return Optional.of(new ExploringWish("cluster_rows", arguments.toString()));
        }
        return Optional.empty();
    }

    /** What is forecast is the first column of numbers that is named; without one, rows are counted where they are meant. */
    private static Optional<ExploringWish> forecast(String text, Dataset dataset, ObjectNode arguments) {
        List<Mention> mentions = mentions(text, dataset);
        Optional<Column> value = first(mentions, column -> column.type().isNumeric());
        boolean isOfRows = pattern("number of|how many|rows?|orders?|count|records?|entries")
                .matcher(text)
                .find();
        if (value.isEmpty() && !isOfRows) {
            return Optional.empty();
        }
        value.ifPresent(column -> arguments.put("value", column.name()));
        first(mentions, column -> column.type().isTemporal())
                .or(() -> dataset.columns().stream()
                        .filter(column -> column.type() == ColumnType.DATE || column.type() == ColumnType.TIMESTAMP)
                        .findFirst())
                .ifPresent(column -> arguments.put("time", column.name()));
        Matcher by = BY_PERIOD.matcher(text);
        String period = by.find() ? (by.group(1) == null ? by.group(2) : by.group(1)).toLowerCase(Locale.ROOT) : "";
        period = period.equals("dai") ? "day" : period;
        Matcher ahead = AHEAD.matcher(text);
        if (ahead.find()) {
            boolean isNext = ahead.group(2) != null;
            String unit = (isNext ? ahead.group(2) : ahead.group(4)).toLowerCase(Locale.ROOT);
            String named = isNext ? ahead.group(1) : ahead.group(3);
            int count = named == null ? 1 : number(named);
            boolean isOfMonths = unit.equals("year") && !period.equals("year");
            arguments.put("period", isOfMonths ? (period.equals("quarter") ? period : "month") : unit);
            arguments.put("horizon", isOfMonths ? count * (period.equals("quarter") ? 4 : 12) : count);
        } else if (!period.isEmpty()) {
            arguments.put("period", period);
        }
        return Optional.of(new ExploringWish("forecast_series", arguments.toString()));
    }

    private static int number(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.chars().allMatch(Character::isDigit)) {
            return Integer.parseInt(lower);
        }
        return lower.equals("a") ? 1 : Math.max(1, NUMBERS.indexOf(lower));
    }

    private static Optional<Column> first(List<Mention> mentions, Predicate<Column> which) {
        return mentions.stream().map(Mention::column).filter(which).findFirst();
    }

    /** The columns that are named behind a word such as “by”. */
    private static List<String> compared(String text, Dataset dataset) {
        Matcher marker = COMPARED.matcher(text);
        if (!marker.find()) {
            return List.of();
        }
        int from = marker.end();
        return mentions(text, dataset).stream()
                .filter(mention -> mention.start() >= from)
                .map(mention -> mention.column().name())
                .distinct()
                .toList();
    }

    private static void columns(ObjectNode arguments, List<String> columns) {
        if (!columns.isEmpty()) {
            columns.forEach(arguments.putArray("columns")::add);
        }
    }

    /** In their order; of names that begin at one place, the longest. */
    private static List<Mention> mentions(String text, Dataset dataset) {
        Map<Integer, Mention> longest = dataset.columns().stream()
                .sorted(Comparator.comparingInt((Column column) -> column.name().length()))
                .flatMap(column ->
                        named(column).matcher(text).results().map(found -> new Mention(column, found.start())))
                .collect(Collectors.toMap(Mention::start, mention -> mention, (shorter, longer) -> longer));
        return longest.values().stream()
                .sorted(Comparator.comparingInt(Mention::start))
                .toList();
    }

    private static Pattern named(Column column) {
        return pattern(List.of(column.name().strip().split("[\\s_.-]+")).stream()
                .map(Pattern::quote)
                .collect(Collectors.joining("[\\s_.-]*")));
    }
}
