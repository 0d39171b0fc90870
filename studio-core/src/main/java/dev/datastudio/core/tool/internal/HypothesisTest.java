package dev.datastudio.core.tool.internal;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.query.EngineLease;
import dev.datastudio.core.query.QueryEngines;
import dev.datastudio.core.statistics.Statistics;
import dev.datastudio.core.statistics.TestKind;
import dev.datastudio.core.statistics.TestRequest;
import dev.datastudio.core.statistics.TestSpec;
import dev.datastudio.core.statistics.TestSpec.Alternative;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Tests a hypothesis on one column or two. */
public final class HypothesisTest extends DatasetTool {
    private static final String COLUMN = "column";
    private static final String OTHER = "other_column";
    private static final String GROUPS = "groups";
    private static final String TEST = "test";
    private static final String ALTERNATIVE = "alternative";
    private static final String ALPHA = "alpha";
    private static final String REFERENCE = "reference";
    private static final List<String> TESTS =
            Arrays.stream(TestKind.values()).map(TestKind::jsonName).toList();
    private static final List<String> ALTERNATIVES = Arrays.stream(Alternative.values())
            .map(value -> value.name().toLowerCase(Locale.ROOT))
            .toList();

    private final QueryEngines engines;

    public HypothesisTest(Datasets datasets, QueryEngines engines) {
        super(
                datasets,
                "hypothesis_test",
                "Runs a hypothesis test over a data set, or the one that fits its columns: statistic, p-value, effect"
                        + " size with interval, the assumptions looked at, and a conclusion in words.",
                new InputSchema()
                        .required(COLUMN, "The column to test: numbers or a category")
                        .optional(
                                OTHER,
                                "A second column: groups to compare, numbers to correlate or pair, or another"
                                        + " category")
                        .texts(GROUPS, "Which values of the second column are compared; all when left out")
                        .choice(TEST, TESTS, "auto", "Which test; auto takes the one that fits and says why")
                        .choice(ALTERNATIVE, ALTERNATIVES, "two_sided", "Which side counts as evidence")
                        .number(ALPHA, TestSpec.DEFAULT_ALPHA, "The significance level, between 0 and 1")
                        .number(REFERENCE, 0, "What a mean, a median or a difference is compared with"));
        this.engines = engines;
    }

    @Override
    ToolResult answer(Datasets own, Dataset dataset, Arguments arguments, ToolContext context) {
        TestRequest request = new TestRequest(
                arguments.required(COLUMN), arguments.text(OTHER), arguments.texts(GROUPS), spec(arguments));
        try (EngineLease lease = engine(engines, own, dataset)) {
            return ToolResult.of(Statistics.of(lease.engine())
                    .test(dataset, request, context.cancellation())
                    .text());
        }
    }

    private static TestSpec spec(Arguments arguments) {
        String test = arguments.choice(TEST, TESTS, "auto");
        String alternative = arguments.choice(ALTERNATIVE, ALTERNATIVES, "two_sided");
        double alpha = arguments.number(ALPHA, TestSpec.DEFAULT_ALPHA);
        if (!(alpha > 0 && alpha < 1)) {
            throw Arguments.invalid(
                    "The argument '" + ALPHA + "' is " + alpha, "Give a number between 0 and 1, such as 0.05");
        }
        return TestSpec.builder(TestKind.valueOf(test.toUpperCase(Locale.ROOT)))
                .alternative(Alternative.valueOf(alternative.toUpperCase(Locale.ROOT)))
                .alpha(alpha)
                .reference(arguments.number(REFERENCE, 0))
                .build();
    }
}
