package dev.datastudio.agents.planner.internal;

import dev.datastudio.api.dataset.ColumnType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Leaves out words that only say again what a column is: "maximum temperature (TMAX_F)", "the 'neg' sentiment score
 * column", "atmospheric pressure"; and makes a grammar word a column where the sentence needs one, as in "between count
 * and age".
 */
final class Appositions {
    private static final Set<String> COLUMN_WORDS =
            Set.of("column", "columns", "field", "fields", "variable", "feature");
    private static final int MOST_WORDS = 3;
    /** Endings of adjectives that classify what a noun names, and of participles that say what is done with it. */
    private static final List<String> CLASSIFYING = List.of("ic", "ing", "ical");

    /** "By dividing A by B": what is done with a column doesn't classify it. */
    private static final Pattern VERBS = Pattern.compile(
            "(?:multiply|divid|subtract|add|summ|normali[sz]|standardi[sz]|scal|averag|comput|calculat|exclud|remov|includ|predict|combin"
                    + "|transform|fill|replac|imput|group|sort|rank|compar|consider|us|ignor|dropp|creat|sett|filter|exceed|miss)ing");

    private static final Set<String> BEFORE_VERB =
            Set.of("by", "before", "after", "when", "while", "then", "for", "without", "of", "and");
    /** What stands for other values than those of the column. */
    private static final Pattern CHANGING = Pattern.compile(
            "log.*|squared?|cubed?|root|reciprocal|inverse|absolute|normali[sz]ed|standardi[sz]ed|scaled|transformed|cumulative"
                    + "|running|rolling|moving|lagged|previous|next|weighted|adjusted|relative|percent.*|rank.*|differences?|changes?"
                    + "|growth|ratios?|missing|non|not|distinct|unique|binned|rounded|differenced");

    private static final Set<String> QUALITIES = Set.of(
            "level",
            "levels",
            "reading",
            "readings",
            "measurement",
            "measurements",
            "concentration",
            "concentrations",
            "speed",
            "speeds",
            "size",
            "sizes",
            "strength",
            "magnitude",
            "score",
            "scores",
            "price",
            "prices",
            "figures",
            "quantity");
    private static final Set<String> GROUPING = Set.of(
            "per",
            "by",
            "each",
            "every",
            "for each",
            "of each",
            "in each",
            "for every",
            "previous",
            "next",
            "last",
            "first",
            "how many",
            "number of");

    private final List<Item> items;
    private final Decisions decisions;
    private final Set<String> quoted;
    private final boolean[] dropped;

    private Appositions(List<Item> items, Decisions decisions, Set<String> quoted) {
        this.quoted = quoted;
        this.items = items;
        this.decisions = decisions;
        this.dropped = new boolean[items.size()];
    }

    /** @param quoted what stands in quotes in the request */
    static List<Item> resolve(List<Item> items, Decisions decisions, Set<String> quoted) {
        var resolved = new Appositions(new ArrayList<>(items), decisions, quoted);
        for (int i = 0; i < items.size(); i++) {
            resolved.operand(i);
            resolved.before(i);
            resolved.after(i);
            resolved.classified(i);
            resolved.unit(i);
            resolved.quality(i);
            resolved.daily(i);
        }
        List<Item> left = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (!resolved.dropped[i]) {
                left.add(resolved.items.get(i));
            }
        }
        return left;
    }

    private String text(int at) {
        return at >= 0 && at < items.size() ? items.get(at).text().toLowerCase(Locale.ROOT) : "";
    }

    private boolean isColumn(int at) {
        return at >= 0 && at < items.size() && items.get(at).is(Item.Kind.COLUMN);
    }

    private boolean isUnknown(int at) {
        return at >= 0 && at < items.size() && items.get(at).is(Item.Kind.UNKNOWN);
    }

    /** "Between count and age": what stands there is a column, if one has the name. */
    private void operand(int at) {
        Item item = items.get(at);
        int before = at - 1;
        while (before >= 0 && Set.of("the", "a").contains(text(before))) {
            before--;
        }
        boolean second = text(before).equals("and") && textsBefore(before).contains("between");
        if (!item.is(Item.Kind.WORD)
                || !(text(before).equals("between") || second)
                || text(at + 1).equals("of")) {
            return;
        }
        Optional<ColumnEntry> column = decisions.index().find(item.text());
        column.ifPresent(c ->
                items.set(at, Item.columns(c.name(), List.of(new ColumnMatch(c, 1, ColumnMatch.How.NAME)))));
    }

    private List<String> textsBefore(int at) {
        List<String> texts = new ArrayList<>();
        for (int i = Math.max(0, at - MOST_WORDS - 1); i < at; i++) {
            texts.add(text(i));
        }
        return texts;
    }

    /** "The maximum temperature (TMAX_F)": the name in brackets says which column the words before it mean. */
    private void before(int at) {
        boolean bracketed =
                isColumn(at) && text(at - 1).equals("(") && text(at + 1).equals(")");
        if (!bracketed) {
            return;
        }
        for (int i = at - 2; i >= Math.max(0, at - 2 - MOST_WORDS) && isExplained(i); i--) {
            dropped[i] = true;
        }
    }

    private boolean isExplained(int at) {
        Item item = items.get(at);
        return item.is(Item.Kind.UNKNOWN)
                || item.is(Item.Kind.COLUMN)
                || item.is(Item.Kind.TABLE)
                || (item.is(Tag.AGGREGATE) && asksOtherwise(at))
                || item.is(Tag.WEAK);
    }

    /** Whether something is asked for without this word. */
    private boolean asksOtherwise(int at) {
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            boolean asks =
                    item.is(Tag.AGGREGATE) || item.is(Tag.OPERATION) || item.is(Tag.UNSUPPORTED) || item.is(Tag.COUNT);
            if (i != at && asks) {
                return true;
            }
        }
        return false;
    }

    /** "The 'neg' sentiment score column". */
    private void after(int at) {
        if (!isColumn(at)) {
            return;
        }
        int end = at + 1;
        while (end - at <= MOST_WORDS && (isUnknown(end) || isPartOnly(end))) {
            end++;
        }
        Item item = items.get(at);
        boolean byName = quoted.contains(item.text());
        boolean ends = end >= items.size()
                || items.get(end).is(Item.Kind.PUNCTUATION)
                || items.get(end).isFiller();
        boolean closes = end > at + 1 && (COLUMN_WORDS.contains(text(end)) || (byName && ends));
        List<String> words = new ArrayList<>();
        for (int i = at + 1; i < end; i++) {
            words.add(text(i));
        }
        boolean changes = words.stream().anyMatch(w -> CHANGING.matcher(w).matches());
        if (!closes || changes) {
            return;
        }
        Arrays.fill(dropped, at + 1, end, true);
        noteDropped(String.join(" ", words), at);
    }

    private void noteDropped(String words, int column) {
        decisions.note(
                "'" + words + "' was taken to describe "
                        + items.get(column).columns().get(0).column().name() + ".",
                0.05);
    }

    private boolean isPartOnly(int at) {
        return isColumn(at) && items.get(at).columns().get(0).score() < 0.9;
    }

    /** "Atmospheric pressure", "trading volume": the adjective classifies the column, which has its whole name. */
    private void classified(int at) {
        boolean whole = isColumn(at + 1)
                && items.get(at + 1).columns().size() == 1
                && items.get(at + 1).columns().get(0).score() >= 0.9;
        boolean adjective =
                isUnknown(at) && text(at).length() > 5 && CLASSIFYING.stream().anyMatch(text(at)::endsWith);
        boolean verb = VERBS.matcher(text(at)).matches() || BEFORE_VERB.contains(text(at - 1));
        if (whole && adjective && !verb && !dropped[at]) {
            dropped[at] = true;
            String name = items.get(at + 1).columns().get(0).column().name();
            decisions.note("'" + items.get(at).text() + "' was taken to describe " + name + ".", 0.15);
        }
    }

    /** "Wind speed", "CO2 level": a noun that only says that the column before it is a quantity. */
    private void quality(int at) {
        boolean whole = isColumn(at - 1)
                && items.get(at - 1).columns().size() == 1
                && items.get(at - 1).columns().get(0).score() >= 0.9
                && items.get(at - 1).columns().get(0).column().isNumeric();
        boolean noun = (isUnknown(at) || (isColumn(at) && isPartOnly(at))) && QUALITIES.contains(text(at));
        if (whole && noun && !dropped[at]) {
            dropped[at] = true;
            noteDropped(text(at), at - 1);
        }
    }

    /** "The daily maximum", "days with rain" in a table that has one row for each day. */
    private void daily(int at) {
        boolean ofDays = Set.of("daily", "day", "days").contains(text(at)) && !GROUPING.contains(text(at - 1));
        if (ofDays && hasRowPerDay()) {
            dropped[at] = true;
        }
    }

    private boolean hasRowPerDay() {
        long rows = decisions.index().dataset().rowCount();
        return decisions.index().columns().stream()
                .anyMatch(c -> c.column().type() == ColumnType.DATE
                        && rows > 1
                        && c.column().distinctCount() == rows);
    }

    /** "Reviews per hotel" in a table of hotels is per row, even if "hotel" is a stored value too. */
    private void unit(int at) {
        boolean value = items.get(at).is(Item.Kind.VALUE) && decisions.index().isTableWord(text(at));
        if (value && Set.of("per", "each", "every", "a", "for each").contains(text(at - 1))) {
            dropped[at] = true;
        }
    }
}
