package dev.datastudio.cli;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.explore.Aggregation;
import dev.datastudio.ml.explore.AnomalySpec;
import dev.datastudio.ml.explore.ClusterSpec;
import dev.datastudio.ml.explore.ComponentSpec;
import dev.datastudio.ml.explore.ExploreSpec;
import dev.datastudio.ml.explore.ForecastSpec;
import dev.datastudio.ml.explore.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say what is looked for; those of another kind are refused. */
final class ExploreSpecOptions {
    private static final Set<String> COMPARED = Set.of("--columns", "--count");
    private static final Set<String> JUDGED = Set.of("--columns", "--percent", "--shown");
    private static final Set<String> FORECAST =
            Set.of("--value", "--time", "--aggregate", "--period", "--horizon", "--level");

    @Option(names = "--columns", split = ",", paramLabel = "COLUMNS", description = "compare rows by these columns")
    private List<String> columns = List.of();

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "how many groups or components; as many as fit best unless told")
    private int count;

    @Option(names = "--percent", paramLabel = "P", description = "unusual: how many of 100 rows; 1 unless told")
    private @Nullable Double percent;

    @Option(names = "--shown", paramLabel = "N", description = "unusual: how many rows are told; 10 unless told")
    private @Nullable Integer shown;

    @Option(
            names = "--value",
            paramLabel = "COLUMN",
            description = "forecast: this column; rows are counted unless told")
    private String value = "";

    @Option(
            names = "--time",
            paramLabel = "COLUMN",
            description = "forecast: over this column of times, if there are several")
    private String time = "";

    @Option(names = "--aggregate", paramLabel = "HOW", description = "forecast: sum, mean or count a period's rows")
    private String aggregate = "";

    @Option(names = "--period", paramLabel = "PERIOD", description = "forecast: by day, week, month, quarter or year")
    private String period = "";

    @Option(names = "--horizon", paramLabel = "N", description = "forecast: so many periods; about a year unless told")
    private int horizon;

    @Option(
            names = "--level",
            paramLabel = "SHARE",
            description = "forecast: how likely values lie within the bounds; 0.9 unless told")
    private @Nullable Double level;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /**
     * What is looked for.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when there is no such kind, an option is not of that
     *     kind, or a value is out of its range
     */
    ExploreSpec of(String kind) {
        return switch (kind.toLowerCase(Locale.ROOT)) {
            case "groups" -> {
                requireOnly(COMPARED, kind);
                yield ClusterSpec.DEFAULT.by(columns).into(count);
            }
            case "components" -> {
                requireOnly(COMPARED, kind);
                yield ComponentSpec.DEFAULT.of(columns).keeping(count);
            }
            case "unusual" -> {
                requireOnly(JUDGED, kind);
                yield unusual();
            }
            case "forecast" -> {
                requireOnly(FORECAST, kind);
                yield forecast();
            }
            default ->
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "There is no kind of exploration " + StudioException.quote(kind),
                        "Say groups, components, unusual or forecast after the file");
        };
    }

    private AnomalySpec unusual() {
        AnomalySpec spec = AnomalySpec.DEFAULT.by(columns);
        if (percent != null) {
            spec = spec.expecting(percent / 100);
        }
        return shown == null ? spec : spec.showing(shown);
    }

    private ForecastSpec forecast() {
        ForecastSpec spec = ForecastSpec.of(value)
                .over(time)
                .by(constant(Aggregation.class, "--aggregate", aggregate, Aggregation.AUTOMATIC))
                .ahead(horizon, constant(Period.class, "--period", period, Period.AUTOMATIC));
        return level == null ? spec : spec.within(level);
    }

    private void requireOnly(Set<String> allowed, String kind) {
        Set<String> all = new TreeSet<>(COMPARED);
        all.addAll(JUDGED);
        all.addAll(FORECAST);
        for (OptionSpec each : Objects.requireNonNull(command, "command")
                .commandLine()
                .getParseResult()
                .matchedOptions()) {
            if (all.contains(each.longestName()) && !allowed.contains(each.longestName())) {
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        each.longestName() + " is no option of " + StudioException.quote(kind),
                        "Leave it out, or use one of " + new TreeSet<>(allowed));
            }
        }
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String option, String word, E byDefault) {
        if (word.isEmpty()) {
            return byDefault;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> each.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        option + " is " + StudioException.quote(word),
                        "Use one of " + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT)));
    }
}
