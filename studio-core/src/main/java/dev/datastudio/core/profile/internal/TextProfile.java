package dev.datastudio.core.profile.internal;

import dev.datastudio.core.profile.ColumnDetails;
import dev.datastudio.core.profile.ColumnDetails.ValueCount;
import dev.datastudio.core.profile.DatasetProfile;
import dev.datastudio.core.profile.DatasetProfile.Overview;
import dev.datastudio.core.profile.Histogram;
import dev.datastudio.core.profile.NumberDetails;
import dev.datastudio.core.profile.ProfileAlert;
import dev.datastudio.core.profile.ProfileComparison;
import dev.datastudio.core.profile.ProfileComparison.ColumnShift;
import dev.datastudio.core.profile.TimeDetails;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Writes profiles for terminals. */
public final class TextProfile {
    private static final int WIDTH = 100;
    private static final int NAME_WIDTH = 24;
    private static final int SPARK_WIDTH = 12;
    private static final int SHOWN_ALERTS = 15;
    private static final int SHOWN_COLUMNS = 80;
    private static final int NAMED = 5;
    private static final int LEAST_VALUE = 12;
    private static final double RARE = 0.01;
    private static final String LEVELS = "▁▂▃▄▅▆▇█";

    private TextProfile() {}

    /** A profile: overview, columns, alerts. */
    public static String of(DatasetProfile profile) {
        StringBuilder text = new StringBuilder();
        Overview overview = profile.overview();
        text.append(clean(profile.name(), 60))
                .append(": ")
                .append(Figures.plural(overview.rows(), "row"))
                .append(", ")
                .append(Figures.plural(overview.columns(), "column"))
                .append('\n')
                .append(overview.missingCells() == 0 ? "no" : Figures.percent(overview.missingShare()) + " of the")
                .append(overview.missingCells() == 0 ? " cell missing, " : " cells missing, ")
                .append(
                        overview.duplicateRows() == 0
                                ? "no duplicate row"
                                : Figures.plural(overview.duplicateRows(), "duplicate row"))
                .append(", ")
                .append(Figures.bytes(overview.storedBytes()))
                .append(" on disk\n\n");
        columns(text, profile.columns());
        keys(text, profile);
        alerts(text, "Alerts", profile.alerts());
        profile.notes().forEach(note -> wrap(text, "  note: ", note));
        return text.toString();
    }

    private static void columns(StringBuilder text, List<ColumnDetails> columns) {
        int width = columns.stream()
                .mapToInt(column -> length(clean(column.name(), NAME_WIDTH)))
                .max()
                .orElse(1);
        width = Math.max(width, "column".length());
        text.append(pad("column", width))
                .append("  type      missing  distinct  ")
                .append(pad("distribution", SPARK_WIDTH))
                .append("  values\n");
        int left = WIDTH - width - 31 - SPARK_WIDTH - 2;
        for (ColumnDetails column : columns.subList(0, Math.min(SHOWN_COLUMNS, columns.size()))) {
            text.append(pad(clean(column.name(), NAME_WIDTH), width))
                    .append("  ")
                    .append(pad(Words.of(column.type()), 9))
                    .append(right(column.missing() == 0 ? "·" : Figures.percent(column.missingShare()), 8))
                    .append(right(distinct(column), 10))
                    .append("  ")
                    .append(pad(spark(column), SPARK_WIDTH))
                    .append("  ")
                    .append(clean(values(column, left), left).stripTrailing())
                    .append('\n');
        }
        if (columns.size() > SHOWN_COLUMNS) {
            text.append("and ")
                    .append(Figures.plural(columns.size() - (long) SHOWN_COLUMNS, "column"))
                    .append(" more in the report\n");
        }
    }

    private static String distinct(ColumnDetails column) {
        String full = Words.about(column.distinctAccuracy()) + Figures.count(column.distinct());
        return length(full) <= 9
                ? full
                : Words.about(column.distinctAccuracy()) + Figures.compact((double) column.distinct());
    }

    private static String values(ColumnDetails column, int room) {
        if (column.isEmpty()) {
            return "";
        }
        if (column.times().isPresent() && column.numbers().isEmpty()) {
            TimeDetails times = column.times().get();
            return times.first().equals(times.last()) ? times.first() : times.first() + " – " + times.last();
        }
        if (column.numbers().isPresent()) {
            NumberDetails numbers = column.numbers().get();
            if (column.isConstant()) {
                return Figures.number(numbers.min());
            }
            String range = Figures.number(numbers.min()) + " – " + Figures.number(numbers.max());
            String median = ", median " + Words.about(numbers.quantileAccuracy()) + Figures.number(numbers.median());
            if (length(range + median) <= room) {
                return range + median;
            }
            String compact = Figures.compact(numbers.min()) + " – " + Figures.compact(numbers.max());
            String middle = ", median " + Words.about(numbers.quantileAccuracy()) + Figures.compact(numbers.median());
            return length(compact + middle) <= room ? compact + middle : length(range) <= room ? range : compact;
        }
        boolean rare = !column.top().isEmpty() && column.top().get(0).count() < column.count() * RARE;
        if (column.distinct() > 1 && (rare || column.distinct() == column.count())) {
            return clean(column.top().get(0).value(), room - 5) + ", …";
        }
        return top(column, room);
    }

    /** As many of the frequent values, with their shares, as there is room for. */
    private static String top(ColumnDetails column, int room) {
        StringBuilder text = new StringBuilder();
        for (ValueCount value : column.top()) {
            String share = percent((double) value.count() / column.count());
            String comma = text.length() == 0 ? "" : ", ";
            int left = room - length(text + comma + " " + share);
            if (text.length() > 0 && length(value.value()) > left && left < LEAST_VALUE) {
                break;
            }
            text.append(comma)
                    .append(clean(value.value(), Math.min(24, left)))
                    .append(' ')
                    .append(share);
        }
        return text.toString();
    }

    private static String percent(double share) {
        return share > 0 && share < 0.01 ? "<1%" : Math.round(share * 100) + "%";
    }

    /** The histogram in at most sixteen characters; for categories, how the frequent ones compare. */
    private static String spark(ColumnDetails column) {
        List<Long> counts = column.histogram().bins().isEmpty()
                ? column.distinct() < 2 || column.uniqueness() == ColumnDetails.Uniqueness.UNIQUE
                        ? List.of()
                        : column.top().stream().map(ValueCount::count).toList()
                : column.distinct() < 2
                        ? List.of()
                        : column.histogram().bins().stream()
                                .map(Histogram.Bin::count)
                                .toList();
        return spark(counts);
    }

    private static String spark(List<Long> counts) {
        int width = Math.min(SPARK_WIDTH, counts.size());
        if (width == 0) {
            return "";
        }
        double[] sums = new double[width];
        double[] bins = new double[width];
        for (int i = 0; i < counts.size(); i++) {
            int place = (int) ((long) i * width / counts.size());
            sums[place] += counts.get(i);
            bins[place]++;
        }
        for (int i = 0; i < width; i++) {
            sums[i] /= bins[i]; // some places stand for one bin more than others
        }
        double highest = 0;
        for (double sum : sums) {
            highest = Math.max(highest, sum);
        }
        StringBuilder text = new StringBuilder();
        for (double sum : sums) {
            int level = highest == 0 ? 0 : (int) Math.ceil(sum / highest * LEVELS.length()) - 1;
            text.append(sum == 0 ? ' ' : LEVELS.charAt(Math.max(0, level)));
        }
        return text.toString();
    }

    private static void keys(StringBuilder text, DatasetProfile profile) {
        if (!profile.keys().isEmpty()) {
            List<String> names = profile.keys().stream()
                    .limit(5)
                    .map(key -> String.join(
                            " + ",
                            key.columns().stream()
                                    .map(name -> clean(name, NAME_WIDTH))
                                    .toList()))
                    .toList();
            text.append('\n');
            int others = profile.keys().size() - names.size();
            String more = others == 0 ? "" : " and " + others + " more";
            wrap(text, "Different in each row: ", String.join(", ", names) + more);
        }
    }

    private static void alerts(StringBuilder text, String title, List<ProfileAlert> alerts) {
        text.append('\n');
        if (alerts.isEmpty()) {
            text.append(title).append(": none\n");
            return;
        }
        text.append(title).append('\n');
        List<AlertGroup> groups = AlertGroup.of(alerts);
        for (AlertGroup group : groups.subList(0, Math.min(SHOWN_ALERTS, groups.size()))) {
            String mark = switch (group.severity()) {
                case HIGH -> "  !! ";
                case MEDIUM -> "  !  ";
                case LOW -> "  ·  ";
            };
            wrap(text, mark, Words.cut(group.summary(NAMED), 500));
        }
        if (groups.size() > SHOWN_ALERTS) {
            text.append("     and ").append(groups.size() - SHOWN_ALERTS).append(" more in the report\n");
        }
    }

    /** A comparison: findings, then the columns before and now. */
    public static String of(ProfileComparison comparison) {
        StringBuilder text = new StringBuilder();
        text.append(clean(comparison.newer().name(), 45))
                .append(" (")
                .append(Figures.plural(comparison.newer().overview().rows(), "row"))
                .append(") against ")
                .append(clean(comparison.older().name(), 45))
                .append(" (")
                .append(Figures.plural(comparison.older().overview().rows(), "row"))
                .append(")\n");
        alerts(text, "What changed", comparison.findings());
        shifts(text, comparison.shifts());
        return text.toString();
    }

    private static void shifts(StringBuilder text, List<ColumnShift> all) {
        List<ColumnShift> shifts = all.stream()
                .filter(Shifts::isNotable)
                .sorted(Comparator.comparingDouble((ColumnShift shift) -> -Shifts.size(shift)))
                .toList();
        if (!shifts.isEmpty()) {
            text.append('\n');
            shiftTable(text, shifts.subList(0, Math.min(SHOWN_COLUMNS, shifts.size())));
        }
        if (shifts.size() > SHOWN_COLUMNS) {
            text.append("and ")
                    .append(Figures.count(shifts.size() - (long) SHOWN_COLUMNS))
                    .append(" more in the report\n");
        }
        long same = (long) all.size() - shifts.size();
        if (same > 0) {
            text.append('\n')
                    .append(Figures.plural(same, shifts.isEmpty() ? "column" : "other column"))
                    .append(same == 1 ? " has" : " have")
                    .append(" nearly the same distribution as before\n");
        }
    }

    private static void shiftTable(StringBuilder text, List<ColumnShift> shifts) {
        int width = shifts.stream()
                .mapToInt(shift -> length(clean(shift.column(), NAME_WIDTH)))
                .max()
                .orElse(1);
        width = Math.max(width, "changed column".length());
        text.append(pad("changed column", width))
                .append("     PSI     KS  missing            older             newer\n");
        for (ColumnShift shift : shifts) {
            text.append(pad(clean(shift.column(), NAME_WIDTH), width))
                    .append(right(two(shift.populationStability()), 8))
                    .append(right(two(shift.kolmogorovSmirnov()), 7))
                    .append("  ")
                    .append(pad(
                            percent(shift.older().missingShare()) + " → "
                                    + percent(shift.newer().missingShare()),
                            17))
                    .append("  ")
                    .append(pad(
                            spark(shift.bins().stream()
                                    .map(bin -> Math.round(bin.older() * 1e6))
                                    .toList()),
                            16))
                    .append("  ")
                    .append(spark(shift.bins().stream()
                                    .map(bin -> Math.round(bin.newer() * 1e6))
                                    .toList())
                            .stripTrailing())
                    .append('\n');
        }
    }

    private static String two(double value) {
        return Double.isNaN(value) ? "·" : String.format(Locale.ROOT, "%.2f", value);
    }

    private static String clean(String text, int characters) {
        return TextWidth.cut(text, Math.max(1, characters));
    }

    private static int length(CharSequence text) {
        return TextWidth.of(text);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - length(text)));
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - length(text))) + text;
    }

    /** Lines of words that fit; a word that is wider than a line is cut, the later ones indented like the first. */
    private static void wrap(StringBuilder text, String mark, String words) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int room = WIDTH - length(mark);
        for (String part : words.split(" ", -1)) {
            String word = clean(part, room);
            if (line.length() > 0 && length(line) + 1 + length(word) > room) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        for (int i = 0; i < lines.size(); i++) {
            text.append(i == 0 ? mark : " ".repeat(length(mark)))
                    .append(lines.get(i).stripTrailing())
                    .append('\n');
        }
    }
}
