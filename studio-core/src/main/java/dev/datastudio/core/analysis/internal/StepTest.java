package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.core.analysis.CompiledStep;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.SqlDialect;
import dev.datastudio.core.analysis.Step;
import dev.datastudio.core.statistics.HypothesisTests;
import dev.datastudio.core.statistics.Samples;
import dev.datastudio.core.statistics.TestKind;
import dev.datastudio.core.statistics.TestResult;
import dev.datastudio.core.statistics.TestSpec;
import dev.datastudio.core.statistics.internal.SampleReader;
import dev.datastudio.core.statistics.internal.SampleReader.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Computes the hypothesis test of a step: its measures are numbers and its dimensions groups, read with the step's own
 * filters, joins and cleaning. Not thread-safe; one for each run.
 */
public final class StepTest {
    private final StepQueries queries;
    private final Schema schema;
    private final QueryEngine engine;
    private final QueryLimits limits;
    private final Cancellation cancellation;

    public StepTest(
            StepQueries queries, Schema schema, QueryEngine engine, QueryLimits limits, Cancellation cancellation) {
        this.queries = queries;
        this.schema = schema;
        this.engine = engine;
        this.limits = limits;
        this.cancellation = cancellation;
    }

    /** The result of a valid step of the operation {@link Operation#TEST}. */
    public TestResult of(Step step) {
        List<Dimension> read = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (Measure measure : step.measures()) {
            Expression value = Steps.valueOf(measure);
            read.add(Dimension.of(value));
            fields.add(new Field(Words.of(value), schema.type(value), isBinary(value)));
        }
        for (Dimension dimension : step.dimensions()) {
            read.add(dimension);
            fields.add(new Field(Words.of(dimension), schema.type(dimension.of()), true));
        }
        TestSpec spec = spec((Detail.Test) step.detail(), step);
        SampleReader reader = reader(step, read);
        Samples samples = fields.size() == 1
                ? reader.one(spec, fields.get(0))
                : reader.two(spec, fields.get(0), fields.get(1), List.of());
        cancellation.throwIfCancelled();
        return againstNormal(spec, samples)
                ? HypothesisTests.run(estimated(spec, samples), samples)
                : HypothesisTests.run(spec, samples);
    }

    /** A Kolmogorov-Smirnov test of one column without a distribution asks whether it is normal. */
    private static boolean againstNormal(TestSpec spec, Samples samples) {
        return spec.kind() == TestKind.KOLMOGOROV_SMIRNOV
                && samples.size() == 1
                && spec.distribution().isEmpty();
    }

    /** The normal distribution with the sample's own mean and deviation. */
    private static TestSpec estimated(TestSpec spec, Samples samples) {
        double[] values = samples.values(0);
        double mean = Arrays.stream(values).average().orElse(0);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        double deviation = Math.sqrt(squares / Math.max(1, values.length - 1));
        return deviation > 0
                ? spec.toBuilder()
                        .distribution(new TestSpec.Distribution.Normal(mean, deviation))
                        .build()
                : spec;
    }

    /** What a test is called. */
    static String title(Detail.TestKind kind) {
        return kind == Detail.TestKind.T_TEST
                ? "t-test"
                : kind == Detail.TestKind.CHI_SQUARE
                        ? "chi-square test"
                        : named(kind, false).title();
    }

    /** Two values such as 0 and 1 are a category, unless groups of them are compared. */
    private boolean isBinary(Expression value) {
        if (!(value instanceof ColumnRef ref)) {
            return false;
        }
        Column column = schema.column(ref);
        return column.distinctCount() >= 0 && column.distinctCount() <= 2;
    }

    private SampleReader reader(Step step, List<Dimension> read) {
        CompiledStep rows = queries.compile(Step.of(Operation.LIST, step.source())
                .cleaning(step.cleaning())
                .filter(step.filter())
                .dimensions(read)
                .build());
        Dialect dialect = Dialect.of(SqlDialect.of(engine.name()));
        String first = dialect.name(rows.columns().get(0).label()).bound();
        String second = read.size() < 2
                ? "1"
                : dialect.name(rows.columns().get(1).label()).bound();
        String select = "SELECT " + first + " AS a, " + second + " AS b FROM (" + rows.sql() + ") AS tested";
        return new SampleReader(engine, select, rows.parameters(), limits, cancellation);
    }

    private static TestSpec spec(Detail.Test detail, Step step) {
        return TestSpec.builder(kind(detail.kind(), step))
                .alternative(TestSpec.Alternative.valueOf(detail.alternative().name()))
                .alpha(detail.level())
                .reference(detail.reference())
                .build();
    }

    private static TestKind kind(Detail.TestKind kind, Step step) {
        return named(kind, step.measures().size() + step.dimensions().size() == 1);
    }

    private static TestKind named(Detail.TestKind kind, boolean one) {
        return switch (kind) {
            case AUTO -> TestKind.AUTO;
            case T_TEST -> one ? TestKind.ONE_SAMPLE_T : TestKind.STUDENT_T;
            case WELCH_T_TEST -> TestKind.WELCH_T;
            case PAIRED_T_TEST -> TestKind.PAIRED_T;
            case ONE_SAMPLE_T_TEST -> TestKind.ONE_SAMPLE_T;
            case ANOVA -> TestKind.ANOVA;
            case WELCH_ANOVA -> TestKind.WELCH_ANOVA;
            case MANN_WHITNEY -> TestKind.MANN_WHITNEY;
            case WILCOXON -> TestKind.WILCOXON;
            case KRUSKAL_WALLIS -> TestKind.KRUSKAL_WALLIS;
            case CHI_SQUARE -> one ? TestKind.CHI_SQUARE_GOODNESS_OF_FIT : TestKind.CHI_SQUARE_INDEPENDENCE;
            case FISHER_EXACT -> TestKind.FISHER_EXACT;
            case PEARSON -> TestKind.PEARSON;
            case SPEARMAN -> TestKind.SPEARMAN;
            case KENDALL -> TestKind.KENDALL;
            case SHAPIRO_WILK -> TestKind.SHAPIRO_WILK;
            case DAGOSTINO_PEARSON -> TestKind.DAGOSTINO_PEARSON;
            case KOLMOGOROV_SMIRNOV -> TestKind.KOLMOGOROV_SMIRNOV;
            case LEVENE -> TestKind.LEVENE;
            case BROWN_FORSYTHE -> TestKind.BROWN_FORSYTHE;
            case BARTLETT -> TestKind.BARTLETT;
        };
    }
}
