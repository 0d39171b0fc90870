package dev.datastudio.agents.figure.internal;

import dev.datastudio.agents.figure.Figure.Place;
import dev.datastudio.agents.figure.ToolOutput;
import dev.datastudio.agents.figure.internal.Calendar.Day;
import dev.datastudio.agents.figure.internal.Nearby.Rounding;
import dev.datastudio.agents.figure.internal.Statement.Clock;
import dev.datastudio.agents.figure.internal.Statement.Dated;
import dev.datastudio.agents.figure.internal.Statement.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbers, dates and times that tool results hold, and where. Immutable. */
public final class Evidence {
    private static final int MAX_NUMBERS = 200_000;
    private static final int MAX_CANDIDATES = 16;
    private static final int LINE = 120;
    private static final Pattern TOOK = Pattern.compile("(?m)^Execution time: [0-9.,]+ ms$");

    private final List<ToolOutput> outputs;
    private final List<Held> numbers;
    private final Map<Day, Held> days;
    private final Map<String, Held> times;
    private final boolean complete;

    private Evidence(
            List<ToolOutput> outputs,
            List<Held> numbers,
            Map<Day, Held> days,
            Map<String, Held> times,
            boolean complete) {
        this.outputs = outputs;
        this.numbers = numbers;
        this.days = days;
        this.times = times;
        this.complete = complete;
    }

    private record Held(double value, int output, int offset) {}

    /**
     * Where a statement is held.
     *
     * @param value the number as held, a fraction times 100 where the statement is a percentage; 0 for dates and times
     */
    public record Match(Place place, double value) {}

    /** The numbers of tool results, of the latest ones when they are longer than the limit. */
    public static Evidence of(List<ToolOutput> outputs, int maxCharacters) {
        Reader reader = new Reader();
        int left = maxCharacters;
        boolean complete = true;
        for (int i = outputs.size() - 1; i >= 0; i--) {
            String text = outputs.get(i).text();
            complete &= text.length() <= left;
            reader.read(i, text.substring(0, Math.min(left, text.length())));
            left = Math.max(0, left - text.length());
        }
        reader.numbers.sort(Comparator.comparingDouble(Held::value)
                .thenComparingInt(Held::output)
                .thenComparingInt(Held::offset));
        return new Evidence(
                List.copyOf(outputs),
                reader.numbers,
                reader.days,
                reader.times,
                complete && reader.numbers.size() < MAX_NUMBERS);
    }

    private static final class Reader {
        private final List<Held> numbers = new ArrayList<>();
        private final Map<Day, Held> days = new HashMap<>();
        private final Map<String, Held> times = new HashMap<>();

        void read(int output, String whole) {
            StringBuilder text = Masks.result(whole);
            Matcher took = TOOK.matcher(text.toString());
            while (took.find()) {
                Masks.blank(text, took.start(), took.end());
            }
            for (String time : AnswerText.times(text)) {
                times.put(time, new Held(0, output, Math.max(0, text.indexOf(time))));
            }
            for (Calendar.Found found : Calendar.find(text)) {
                for (Day day : found.days()) {
                    day.parts().forEach(part -> days.put(part, new Held(0, output, found.start())));
                }
            }
            for (Numeral numeral : Numeral.ofResult(text, MAX_NUMBERS - numbers.size())) {
                add(output, numeral);
                numeral.parts().forEach(part -> add(output, part));
            }
        }

        private void add(int output, Numeral numeral) {
            for (Reading reading : numeral.readings(NumberStyle.OPEN)) {
                if (numbers.size() >= MAX_NUMBERS) {
                    return;
                }
                numbers.add(new Held(reading.value(), output, numeral.start()));
                if (numeral.suffix().percent()) {
                    numbers.add(new Held(reading.value() / 100, output, numeral.start()));
                }
            }
        }
    }

    /** Whether all tool results were read. */
    public boolean isComplete() {
        return complete;
    }

    /**
     * Where a statement is held.
     *
     * @param words of its sentence: of several places the one whose line has most of them is taken
     */
    public Optional<Match> find(Statement statement, List<String> words) {
        if (statement.value() instanceof Quantity quantity) {
            return find(quantity, statement.nearby(), words);
        }
        if (statement.value() instanceof Dated dated) {
            return dated.days().stream()
                    .filter(days::containsKey)
                    .findFirst()
                    .map(days::get)
                    .map(held -> new Match(place(held), 0));
        }
        if (statement.value() instanceof Clock clock) {
            return Optional.ofNullable(times.get(clock.time())).map(held -> new Match(place(held), 0));
        }
        throw new AssertionError(statement.value());
    }

    private Optional<Match> find(Quantity quantity, Nearby nearby, List<String> words) {
        List<Match> matches = new ArrayList<>();
        for (Reading reading : quantity.readings()) {
            Span span = Span.of(reading, quantity, nearby.rounding());
            collect(span, 1, matches);
            if (nearby.decline() && reading.value() > 0) {
                collect(span.negated(), 1, matches);
            }
            if (quantity.percent()) {
                collect(span.dividedBy(100), 100, matches);
                if (nearby.decline() && reading.value() > 0) {
                    collect(span.negated().dividedBy(100), 100, matches);
                }
            }
        }
        if (matches.isEmpty() && quantity.isYear()) {
            Day year = new Day((int) quantity.first().value(), 0, 0);
            Optional.ofNullable(days.get(year)).ifPresent(held -> matches.add(new Match(place(held), year.year())));
        }
        double value = quantity.first().value();
        return matches.stream()
                .max(Comparator.comparingInt((Match match) -> common(match.place(), words))
                        .thenComparing(match -> -Math.abs(Math.abs(match.value()) - Math.abs(value))));
    }

    private void collect(Span span, double factor, List<Match> matches) {
        int index = firstFrom(span.low());
        for (int n = 0; n < MAX_CANDIDATES && index < numbers.size(); n++, index++) {
            Held held = numbers.get(index);
            if (held.value() > span.high()) {
                return;
            }
            matches.add(new Match(place(held), held.value() * factor));
        }
    }

    private int firstFrom(double value) {
        int low = 0;
        int high = numbers.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (numbers.get(middle).value() < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int common(Place place, List<String> words) {
        String line = place.excerpt().toLowerCase(Locale.ROOT);
        return (int) words.stream().filter(line::contains).count();
    }

    private Place place(Held held) {
        ToolOutput output = outputs.get(held.output());
        return new Place(output.call(), output.tool(), held.offset(), excerpt(output.text(), held.offset()));
    }

    private static String excerpt(String text, int offset) {
        String before = text.substring(Math.max(0, offset - LINE / 2), offset);
        int from = offset - (before.length() - before.lastIndexOf('\n') - 1);
        String line = text.substring(from, Math.min(text.length(), from + LINE));
        int end = line.indexOf('\n', offset - from);
        return (end < 0 ? line : line.substring(0, end))
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
    }

    /** The numbers that a figure may have been rounded from. */
    record Span(double low, double high) {
        private static final double EXACT = 1e-9;
        private static final double FURTHEST = 0.1;

        static Span of(Reading reading, Quantity quantity, Rounding rounding) {
            double value = reading.value();
            double slack = Math.max(Math.abs(value), reading.unit()) * EXACT;
            if (rounding == Rounding.SHOWN) {
                boolean exact = quantity.isPlain() && quantity.hasOneDigit();
                double half = exact ? 0 : reading.unit() / 2;
                return new Span(value - half - slack, value + half + slack);
            }
            double furthest = Math.max(Math.abs(value) * FURTHEST, reading.unit() / 2);
            double coarse = Math.min(reading.coarse().unit(), furthest);
            if (rounding == Rounding.ABOUT) {
                double half = Math.max(coarse / 2, reading.unit() / 2);
                return new Span(value - half - slack, value + half + slack);
            }
            return rounding == Rounding.DOWN
                    ? new Span(value - slack, value + coarse + slack)
                    : new Span(value - coarse - slack, value + slack);
        }

        Span negated() {
            return new Span(-high, -low);
        }

        Span dividedBy(double divisor) {
            return new Span(low / divisor, high / divisor);
        }

        boolean contains(double value) {
            return value >= low && value <= high;
        }
    }
}
