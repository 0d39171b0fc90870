package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.ValueFormat.DateGrain;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Ticks of a time axis: at most so many, on whole years, quarters, months, days or hours, each with a short label and,
 * where a longer period begins, a second line ({@code Jan} over {@code 2019}).
 */
final class DateTicks {
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    /** Every step that is a natural one, from fine to coarse. */
    private static final Step[] STEPS = {
        new Step(ChronoUnit.SECONDS, 1), new Step(ChronoUnit.SECONDS, 5), new Step(ChronoUnit.SECONDS, 15),
        new Step(ChronoUnit.SECONDS, 30), new Step(ChronoUnit.MINUTES, 1), new Step(ChronoUnit.MINUTES, 5),
        new Step(ChronoUnit.MINUTES, 15), new Step(ChronoUnit.MINUTES, 30), new Step(ChronoUnit.HOURS, 1),
        new Step(ChronoUnit.HOURS, 2), new Step(ChronoUnit.HOURS, 3), new Step(ChronoUnit.HOURS, 6),
        new Step(ChronoUnit.HOURS, 12), new Step(ChronoUnit.DAYS, 1), new Step(ChronoUnit.DAYS, 2),
        new Step(ChronoUnit.WEEKS, 1), new Step(ChronoUnit.WEEKS, 2), new Step(ChronoUnit.MONTHS, 1),
        new Step(ChronoUnit.MONTHS, 2), new Step(ChronoUnit.MONTHS, 3), new Step(ChronoUnit.MONTHS, 6),
        new Step(ChronoUnit.YEARS, 1), new Step(ChronoUnit.YEARS, 2), new Step(ChronoUnit.YEARS, 5),
        new Step(ChronoUnit.YEARS, 10), new Step(ChronoUnit.YEARS, 20), new Step(ChronoUnit.YEARS, 50),
        new Step(ChronoUnit.YEARS, 100), new Step(ChronoUnit.YEARS, 500), new Step(ChronoUnit.YEARS, 1000),
    };

    private DateTicks() {}

    /**
     * Ticks between two moments.
     *
     * @param min milliseconds since 1970-01-01T00:00Z
     * @param max at least {@code min}
     * @param grain no step is finer
     */
    static AxisTicks of(double min, double max, int maxCount, DateGrain grain, Locale locale) {
        Step step = STEPS[STEPS.length - 1];
        for (Step candidate : STEPS) {
            boolean fineEnough = !candidate.isFinerThan(grain);
            if (fineEnough && (max - min) / candidate.millis() + 1 <= Math.max(1, maxCount)) {
                step = candidate;
                break;
            }
        }
        return label(step.between(min, max), step, grain, locale);
    }

    private static AxisTicks label(List<LocalDateTime> moments, Step step, DateGrain grain, Locale locale) {
        List<Double> values = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        List<String> second = new ArrayList<>();
        String before = "";
        for (LocalDateTime moment : moments) {
            values.add((double) moment.toInstant(ZoneOffset.UTC).toEpochMilli());
            labels.add(first(moment, step, grain, locale));
            String period = period(moment, step, locale);
            second.add(period.equals(before) ? "" : period);
            before = period;
        }
        return new AxisTicks(values, labels, second);
    }

    private static String first(LocalDateTime moment, Step step, DateGrain grain, Locale locale) {
        if (step.unit == ChronoUnit.YEARS) {
            return Integer.toString(moment.getYear());
        }
        if (step.unit == ChronoUnit.MONTHS) {
            boolean quarters = grain == DateGrain.QUARTER && step.count == 3;
            return quarters ? "Q" + (moment.getMonthValue() + 2) / 3 : month(moment, locale);
        }
        if (step.unit == ChronoUnit.DAYS || step.unit == ChronoUnit.WEEKS) {
            return moment.getDayOfMonth() + " " + month(moment, locale);
        }
        String minutes = two(moment.getHour()) + ":" + two(moment.getMinute());
        return step.unit == ChronoUnit.SECONDS ? minutes + ":" + two(moment.getSecond()) : minutes;
    }

    private static String period(LocalDateTime moment, Step step, Locale locale) {
        if (step.unit == ChronoUnit.YEARS) {
            return "";
        }
        boolean withinDay =
                step.unit == ChronoUnit.HOURS || step.unit == ChronoUnit.MINUTES || step.unit == ChronoUnit.SECONDS;
        return withinDay ? day(moment, locale) : Integer.toString(moment.getYear());
    }

    /** A moment in words, as fine as the grain: {@code 2019}, {@code Q1 2019}, {@code Jan 2019}, {@code 3 Jan 2019}. */
    static String words(double millis, DateGrain grain, Locale locale) {
        LocalDateTime moment = moment(millis);
        return switch (grain) {
            case YEAR -> Integer.toString(moment.getYear());
            case QUARTER -> "Q" + (moment.getMonthValue() + 2) / 3 + " " + moment.getYear();
            case MONTH -> month(moment, locale) + " " + moment.getYear();
            case WEEK, DAY -> day(moment, locale);
            default -> day(moment, locale) + " " + two(moment.getHour()) + ":" + two(moment.getMinute());
        };
    }

    private static String day(LocalDateTime moment, Locale locale) {
        return moment.getDayOfMonth() + " " + month(moment, locale) + " " + moment.getYear();
    }

    private static String month(LocalDateTime moment, Locale locale) {
        Month month = moment.getMonth();
        return locale.getLanguage().equals("en")
                ? MONTHS[month.getValue() - 1]
                : month.getDisplayName(TextStyle.SHORT_STANDALONE, locale);
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    private static LocalDateTime moment(double millis) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli((long) millis), ZoneOffset.UTC);
    }

    /** A number of units; its ticks lie on whole multiples. */
    private record Step(ChronoUnit unit, int count) {
        double millis() {
            return unit.getDuration().toMillis() * (double) count;
        }

        boolean isFinerThan(DateGrain grain) {
            return switch (grain) {
                case SECOND -> false;
                case MINUTE -> unit.compareTo(ChronoUnit.MINUTES) < 0;
                case HOUR -> unit.compareTo(ChronoUnit.HOURS) < 0;
                case DAY, WEEK -> unit.compareTo(ChronoUnit.DAYS) < 0;
                case MONTH -> unit.compareTo(ChronoUnit.MONTHS) < 0;
                case QUARTER -> unit.compareTo(ChronoUnit.MONTHS) < 0 || (unit == ChronoUnit.MONTHS && count % 3 != 0);
                case YEAR -> unit.compareTo(ChronoUnit.YEARS) < 0;
            };
        }

        List<LocalDateTime> between(double min, double max) {
            List<LocalDateTime> moments = new ArrayList<>();
            LocalDateTime next = floor(moment(min));
            LocalDateTime last = moment(max);
            while (!next.isAfter(last)) {
                if (!next.isBefore(moment(min))) {
                    moments.add(next);
                }
                next = next.plus(count, unit);
            }
            return moments;
        }

        private LocalDateTime floor(LocalDateTime moment) {
            if (unit == ChronoUnit.YEARS) {
                return start(Math.floorDiv(moment.getYear(), count) * count, 1);
            }
            if (unit == ChronoUnit.MONTHS) {
                return start(moment.getYear(), (moment.getMonthValue() - 1) / count * count + 1);
            }
            LocalDateTime day = moment.truncatedTo(ChronoUnit.DAYS);
            if (unit == ChronoUnit.WEEKS) {
                return day.minusDays(day.getDayOfWeek().getValue() - 1L);
            }
            if (unit == ChronoUnit.DAYS) {
                return day.minusDays(Math.floorMod(day.toLocalDate().toEpochDay(), count));
            }
            long seconds = day.until(moment, ChronoUnit.SECONDS);
            long size = unit.getDuration().toSeconds() * count;
            return day.plusSeconds(seconds / size * size);
        }

        private static LocalDateTime start(int year, int month) {
            return LocalDateTime.of(year, month, 1, 0, 0);
        }
    }
}
