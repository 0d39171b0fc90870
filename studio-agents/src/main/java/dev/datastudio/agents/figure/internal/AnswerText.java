package dev.datastudio.agents.figure.internal;

import dev.datastudio.agents.figure.internal.Statement.Clock;
import dev.datastudio.agents.figure.internal.Statement.Dated;
import dev.datastudio.agents.figure.internal.Statement.Quantity;
import dev.datastudio.agents.figure.internal.Statement.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An answer as sentences with the numbers, dates and times that it states. Immutable. */
public final class AnswerText {
    private static final Pattern NUMBERING = Pattern.compile(
            "(?m)^[ \\t]*(?:[-*>#•]{1,6}[ \\t]*)?\\*{0,3}(?:([0-9]{1,3})[.)](?=[ \\t*])|\\|[ \\t]*([0-9]{1,3})[ \\t]*(?=\\|))");
    private static final Pattern ENUMERATION = Pattern.compile("(?<![^\\s])\\(([0-9]{1,2})\\)(?= \\p{L})");
    private static final Pattern LABEL =
            Pattern.compile("(?i)(?:(?<!\\p{L})(?:step|table|tab\\.|figure|fig\\.?|chart|option"
                    + "|phase|example|note|rank|no\\.|nr\\.|schritt|tabelle|abbildung|étape|tableau) ?#?|#)$");
    private static final Pattern CLOCK =
            Pattern.compile("(?<![0-9:.])([01]?[0-9]|2[0-3]):([0-5][0-9])(?::[0-5][0-9])?(?![0-9:])");
    private static final Pattern END = Pattern.compile("\\n|[.!?](?=[*_)\"']{0,3}[ \\t]+[^a-z0-9\\s])");
    private static final Pattern WORD = Pattern.compile("\\p{L}{4,30}");
    private static final int MAX_WORDS = 16;

    private final String text;
    private final List<Integer> ends;
    private final List<Statement> statements;
    private final boolean complete;

    private AnswerText(String text, List<Integer> ends, List<Statement> statements, boolean complete) {
        this.text = text;
        this.ends = ends;
        this.statements = statements;
        this.complete = complete;
    }

    /** Reads an answer as far as the limits allow. */
    public static AnswerText read(String answer, int maxCharacters, int maxStatements) {
        boolean whole = answer.length() <= maxCharacters;
        StringBuilder masked = Masks.answer(whole ? answer : answer.substring(0, maxCharacters));
        String text = masked.toString();
        List<Integer> ends = new ArrayList<>();
        Matcher end = END.matcher(text);
        while (end.find()) {
            ends.add(end.end());
        }
        AnswerText reader = new AnswerText(text, ends, new ArrayList<>(), whole);
        reader.dates(masked);
        numbering(masked, NUMBERING);
        numbering(masked, ENUMERATION);
        int limit = maxStatements + 1;
        reader.numbers(Numeral.ofProse(masked, limit, index -> isProse(masked, index)), limit);
        List<Statement> sorted = reader.statements.stream()
                .sorted(Comparator.comparingInt(Statement::start))
                .toList();
        boolean all = sorted.size() <= maxStatements;
        return new AnswerText(text, ends, List.copyOf(all ? sorted : sorted.subList(0, maxStatements)), whole && all);
    }

    private void dates(StringBuilder masked) {
        for (Calendar.Found found : Calendar.find(masked)) {
            add(found.start(), found.end(), new Dated(found.days()), 0);
        }
        Matcher clock = CLOCK.matcher(masked.toString());
        while (clock.find()) {
            add(clock.start(), clock.end(), new Clock(time(clock)), 0);
            Masks.blank(masked, clock.start(), clock.end());
        }
    }

    private static String time(Matcher clock) {
        return (clock.group(1).length() == 1 ? "0" : "") + clock.group(1) + ":" + clock.group(2);
    }

    /** The times of day in a text. */
    static Set<String> times(CharSequence text) {
        Set<String> times = new LinkedHashSet<>();
        Matcher clock = CLOCK.matcher(text);
        while (clock.find()) {
            times.add(time(clock));
        }
        return times;
    }

    /** Blanks the numbers of lists and of the first column of tables: those that count up from 1. */
    private static void numbering(StringBuilder masked, Pattern pattern) {
        Matcher item = pattern.matcher(masked.toString());
        int last = 0;
        while (item.find()) {
            int group = item.group(1) == null ? 2 : 1;
            int number = Integer.parseInt(item.group(group));
            if (number == last + 1 || number == 1) {
                Masks.blank(masked, item.start(group), item.end(group));
                last = number;
            }
        }
    }

    private static boolean isProse(CharSequence text, int index) {
        for (int i = index; i < Math.min(text.length(), index + 60) && text.charAt(i) != '\n'; i++) {
            if (text.charAt(i) == '|' || (text.charAt(i) == ' ' && i > 0 && text.charAt(i - 1) == ' ')) {
                return false;
            }
        }
        return true;
    }

    private void numbers(List<Numeral> numerals, int limit) {
        NumberStyle style = NumberStyle.of(numerals.stream().map(Numeral::body).toList());
        for (Numeral numeral : numerals) {
            if (statements.size() >= limit) {
                return;
            }
            if (LABEL.matcher(text.substring(Math.max(0, numeral.start() - 14), numeral.start()))
                    .find()) {
                continue;
            }
            List<Reading> readings = numeral.readings(style);
            if (!readings.isEmpty()) {
                Quantity quantity = new Quantity(readings, numeral.suffix().percent(), numeral.isPlain());
                add(numeral.start(), numeral.end(), quantity, readings.get(0).value());
            } else {
                numbers(numeral.parts(), limit);
            }
        }
    }

    private void add(int start, int end, Value value, double number) {
        Nearby nearby = value instanceof Quantity ? Nearby.read(text, start, end, number) : Nearby.NOTHING;
        statements.add(new Statement(start, end, sentence(start), value, nearby));
    }

    private int sentence(int index) {
        int low = 0;
        int high = ends.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (ends.get(middle) <= index) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** In the order of the answer. */
    public List<Statement> statements() {
        return statements;
    }

    /** Whether the whole answer was read. */
    public boolean isComplete() {
        return complete;
    }

    /** The sentence that a statement stands in, in small letters; of a long one the part around it. */
    String sentence(Statement statement) {
        int from = statement.sentence() == 0 ? 0 : ends.get(statement.sentence() - 1);
        int to = statement.sentence() < ends.size() ? ends.get(statement.sentence()) : text.length();
        return text.substring(Math.max(from, statement.start() - 300), Math.min(to, statement.end() + 300))
                .toLowerCase(Locale.ROOT);
    }

    /** The words of the sentence of a statement, in small letters, by which its place is chosen among several. */
    public List<String> words(Statement statement) {
        Set<String> words = new LinkedHashSet<>();
        Matcher word = WORD.matcher(sentence(statement));
        while (word.find() && words.size() < MAX_WORDS) {
            words.add(word.group());
        }
        return List.copyOf(words);
    }
}
