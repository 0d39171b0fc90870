package dev.datastudio.core.profile.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.chart.HistogramBins;
import dev.datastudio.core.profile.ColumnDetails;
import dev.datastudio.core.profile.DatasetProfile;
import dev.datastudio.core.profile.ProfileComparison;
import dev.datastudio.core.profile.ProfileComparison.ColumnShift;
import dev.datastudio.core.profile.ProfileComparison.SharedBin;
import dev.datastudio.core.profile.ProfileComparison.TypeChange;
import dev.datastudio.core.profile.ProfileOptions;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares two data sets: their profiles, and the distances of columns of one kind. */
public final class Comparison {
    private static final long MAX_CATEGORIES = 10_000;
    private static final int SHOWN_CATEGORIES = 12;
    private static final int SHOWN_BINS = 24;
    private static final int EXAMPLES = 5;

    private final Dataset newer;
    private final Dataset older;
    private final Path newerFile;
    private final Path olderFile;
    private final ProfileOptions options;

    private Comparison(Dataset newer, Path newerFile, Dataset older, Path olderFile, ProfileOptions options) {
        this.newer = newer;
        this.newerFile = newerFile;
        this.older = older;
        this.olderFile = olderFile;
        this.options = options;
    }

    /** Compares two data sets whose rows lie in files. */
    public static ProfileComparison compute(
            Dataset newer, Path newerFile, Dataset older, Path olderFile, ProfileOptions options) {
        return new Comparison(newer, newerFile, older, olderFile, options).run();
    }

    private ProfileComparison run() {
        DatasetProfile now = FullProfile.compute(newer, newerFile, options);
        DatasetProfile before = FullProfile.compute(older, olderFile, options);
        List<String> added = new ArrayList<>();
        List<TypeChange> types = new ArrayList<>();
        Map<Column, Column> both = new LinkedHashMap<>();
        for (Column column : newer.columns()) {
            Optional<Column> match = older.findColumn(column.name());
            if (match.isEmpty()) {
                added.add(column.name());
            } else {
                if (match.get().type() != column.type()) {
                    types.add(new TypeChange(column.name(), match.get().type(), column.type()));
                }
                if (kind(match.get()) == kind(column)) {
                    both.put(column, match.get());
                }
            }
        }
        List<String> removed = older.columns().stream()
                .map(Column::name)
                .filter(name -> newer.findColumn(name).isEmpty())
                .toList();
        List<ColumnShift> shifts = shifts(both, now, before);
        return new ProfileComparison(
                now,
                before,
                ComparisonWords.findings(now, before, added, removed, types, shifts),
                added,
                removed,
                types,
                shifts);
    }

    private enum Kind {
        NUMBER,
        TIME,
        CATEGORY,
        OTHER
    }

    private static Kind kind(Column column) {
        if (column.type().isNumeric()) {
            return Kind.NUMBER;
        }
        if (column.type().isTemporal()) {
            return Kind.TIME;
        }
        return column.type() == ColumnType.TEXT || column.type() == ColumnType.BOOLEAN ? Kind.CATEGORY : Kind.OTHER;
    }

    private List<ColumnShift> shifts(Map<Column, Column> both, DatasetProfile now, DatasetProfile before) {
        List<ColumnShift> shifts = new ArrayList<>();
        Map<String, Path> files = Map.of("source", newerFile, "older", olderFile);
        try (ProfileSession session = ProfileSession.open(files, newer.name(), options);
                ProfileSession past = ProfileSession.open(Map.of("source", olderFile), older.name(), options)) {
            SampleTable sample = SampleTable.create(
                    session, newer.rowCount(), newer.columns().size(), options.sampleRows());
            SampleTable pastSample =
                    SampleTable.create(past, older.rowCount(), older.columns().size(), options.sampleRows());
            both.forEach((column, match) -> {
                session.report("comparing columns", shifts.size(), both.size());
                ColumnDetails newDetails = details(now, column);
                ColumnDetails oldDetails = details(before, match);
                shifts.add(
                        kind(column) == Kind.NUMBER || kind(column) == Kind.TIME
                                ? ordered(sample, pastSample, column, match, newDetails, oldDetails)
                                : categories(session, column, match, newDetails, oldDetails));
            });
        }
        return shifts;
    }

    private static ColumnDetails details(DatasetProfile profile, Column column) {
        return profile.columns().stream()
                .filter(details -> details.name().equals(column.name()))
                .findFirst()
                .orElseThrow();
    }

    private ColumnShift ordered(
            SampleTable sample,
            SampleTable pastSample,
            Column column,
            Column match,
            ColumnDetails newDetails,
            ColumnDetails oldDetails) {
        double[] a = sorted(sample, column);
        double[] b = sorted(pastSample, match);
        long rows = Math.max(sample.rows(), pastSample.rows());
        if (a.length == 0 || b.length == 0) {
            return shift(newDetails, oldDetails, Double.NaN, Double.NaN, Double.NaN, rows, List.of());
        }
        double[] tenths = Distances.tenths(b);
        double stability = Distances.populationStability(Distances.shares(a, tenths), Distances.shares(b, tenths));
        double[] edges = edges(a, b, column.type());
        double[] inner = Arrays.copyOfRange(edges, 1, Math.max(1, edges.length - 1));
        double[] now = Distances.shares(a, inner);
        double[] before = Distances.shares(b, inner);
        List<SharedBin> bins = new ArrayList<>();
        for (int i = 0; i < now.length; i++) {
            bins.add(new SharedBin(label(column, edges[i], edges[i + 1]), before[i], now[i]));
        }
        return shift(
                newDetails,
                oldDetails,
                stability,
                Distances.totalVariation(now, before),
                Distances.kolmogorovSmirnov(a, b),
                rows,
                bins);
    }

    private static double[] edges(double[] a, double[] b, ColumnType type) {
        double min = Math.min(a[0], b[0]);
        double max = Math.max(a[a.length - 1], b[b.length - 1]);
        HistogramBins.Values values =
                type == ColumnType.INTEGER ? HistogramBins.Values.WHOLE : HistogramBins.Values.CONTINUOUS;
        return HistogramBins.about(SHOWN_BINS, min, max, values);
    }

    private static String label(Column column, double from, double to) {
        return kind(column) == Kind.TIME
                ? day(from) + " – " + day(to)
                : Figures.number(from) + " – " + Figures.number(to);
    }

    private static String day(double seconds) {
        return LocalDateTime.ofEpochSecond((long) seconds, 0, ZoneOffset.UTC)
                .toLocalDate()
                .toString();
    }

    private static double[] sorted(SampleTable sample, Column column) {
        ColumnBuilder builder = new ColumnBuilder(column, 0, sample.rows());
        return Arrays.stream(sample.numbers(List.of(builder)).get(0))
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
    }

    private static ColumnShift shift(
            ColumnDetails newer,
            ColumnDetails older,
            double stability,
            double variation,
            double kolmogorovSmirnov,
            long rows,
            List<SharedBin> bins) {
        return new ColumnShift(
                newer.name(),
                newer,
                older,
                stability,
                variation,
                kolmogorovSmirnov,
                rows,
                bins,
                -1,
                List.of(),
                -1,
                List.of());
    }

    /** A value and how often it stands now and stood before. */
    private record Category(String value, long now, long before) {}

    private static ColumnShift categories(
            ProfileSession session, Column column, Column match, ColumnDetails newer, ColumnDetails older) {
        boolean few = newer.distinct() <= MAX_CATEGORIES && older.distinct() <= MAX_CATEGORIES;
        if (!few || kind(column) == Kind.OTHER || newer.isEmpty() || older.isEmpty()) {
            return shift(newer, older, Double.NaN, Double.NaN, Double.NaN, newer.rows(), List.of());
        }
        String counts = "(SELECT CAST(%s AS VARCHAR) AS v, count(*) AS n FROM %s WHERE %s IS NOT NULL GROUP BY 1)";
        String now = ProfileSession.name(column.name());
        String before = ProfileSession.name(match.name());
        List<Category> all = session
                .rows("SELECT left(v, 500), coalesce(a.n, 0), coalesce(b.n, 0) FROM "
                        + counts.formatted(now, ProfileSession.DATA, now) + " AS a FULL JOIN "
                        + counts.formatted(before, "older.main.data", before)
                        + " AS b USING (v) ORDER BY coalesce(a.n, 0) + coalesce(b.n, 0) DESC, v")
                .stream()
                .map(row -> new Category(row.asText(), row.asLong(), row.asLong()))
                .toList();
        List<Category> fresh =
                all.stream().filter(category -> category.before() == 0).toList();
        List<Category> gone =
                all.stream().filter(category -> category.now() == 0).toList();
        double[] p =
                all.stream().mapToDouble(c -> (double) c.now() / newer.count()).toArray();
        double[] q = all.stream()
                .mapToDouble(c -> (double) c.before() / older.count())
                .toArray();
        return new ColumnShift(
                newer.name(),
                newer,
                older,
                Distances.populationStability(p, q),
                Distances.totalVariation(p, q),
                Double.NaN,
                Math.max(newer.rows(), older.rows()),
                bins(all, p, q),
                fresh.size(),
                examples(fresh),
                gone.size(),
                examples(gone));
    }

    private static List<String> examples(List<Category> categories) {
        return categories.stream().limit(EXAMPLES).map(Category::value).toList();
    }

    private static List<SharedBin> bins(List<Category> all, double[] now, double[] before) {
        List<SharedBin> bins = new ArrayList<>();
        int shown = Math.min(SHOWN_CATEGORIES, all.size());
        for (int i = 0; i < shown; i++) {
            bins.add(new SharedBin(all.get(i).value(), before[i], now[i]));
        }
        if (shown < all.size()) {
            bins.add(new SharedBin(
                    Figures.plural(all.size() - shown, "other"),
                    Arrays.stream(before, shown, before.length).sum(),
                    Arrays.stream(now, shown, now.length).sum()));
        }
        return bins;
    }
}
