package dev.datastudio.app.dataset;

import dev.datastudio.core.statistics.TestResult;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a hypothesis test found. Immutable. A number that is not defined is nothing.
 *
 * @param test what requests call it
 * @param name its usual name
 * @param subject what was tested, in words
 * @param reason why this test was chosen; empty when it was asked for
 * @param nullHypothesis in words
 * @param alternativeHypothesis in words
 * @param alpha the significance level
 * @param statistics the test statistic first, then what else belongs to it
 * @param degreesOfFreedom in the order of the distribution
 * @param pValue 0 to 1
 * @param exact whether the p-value is exact
 * @param significant whether it is below the significance level
 * @param effects the usual effect size first
 * @param groups what was compared, in order
 * @param checks the assumptions of the test, each looked at
 * @param comparisons of two groups each, after a test of three or more
 * @param comparisonMethod which comparisons these are and how they are corrected
 * @param missing values or pairs left out because they are missing
 * @param warnings what a reader must know to trust the numbers
 * @param conclusion one or two plain sentences
 */
@Schema(name = "TestResult")
record TestView(
        String test,
        String name,
        String subject,
        String reason,
        String nullHypothesis,
        String alternativeHypothesis,
        double alpha,
        List<Value> statistics,
        List<Double> degreesOfFreedom,
        Optional<Double> pValue,
        boolean exact,
        boolean significant,
        List<Effect> effects,
        List<Group> groups,
        List<Check> checks,
        List<Comparison> comparisons,
        String comparisonMethod,
        long missing,
        List<String> warnings,
        String conclusion) {

    /** A named number; nothing when it is not defined. */
    @Schema(name = "TestValue")
    record Value(String name, Optional<Double> value) {
        static Value of(TestResult.Value value) {
            return new Value(value.name(), finite(value.value()));
        }
    }

    /**
     * How large an effect is.
     *
     * @param name such as "Cohen's d"
     * @param value how large
     * @param low lower end of its confidence interval
     * @param high upper end
     * @param magnitude "negligible", "small", "medium" or "large"; may be empty
     */
    @Schema(name = "TestEffect")
    record Effect(String name, Optional<Double> value, Optional<Double> low, Optional<Double> high, String magnitude) {}

    /** One of the compared groups; what is not defined for it is nothing. */
    @Schema(name = "TestGroup")
    record Group(String name, long size, Optional<Double> mean, Optional<Double> median, Optional<Double> deviation) {}

    /**
     * An assumption of the test.
     *
     * @param name what is assumed
     * @param verdict whether the data agree with it
     * @param evidence the numbers looked at
     * @param sentence what they say
     */
    @Schema(name = "TestCheck")
    record Check(String name, TestResult.Verdict verdict, List<Value> evidence, String sentence) {}

    /** Two groups compared after the test; what is not defined is nothing. */
    @Schema(name = "TestComparison")
    record Comparison(
            String first,
            String second,
            Optional<Double> difference,
            Optional<Double> statistic,
            Optional<Double> pValue,
            Optional<Double> low,
            Optional<Double> high) {}

    static TestView of(TestResult result) {
        return new TestView(
                result.kind().jsonName(),
                result.name(),
                result.subject(),
                result.reason(),
                result.nullHypothesis(),
                result.alternativeHypothesis(),
                result.alpha(),
                result.statistics().stream().map(Value::of).toList(),
                result.degreesOfFreedom(),
                finite(result.pValue()),
                result.exactness() == TestResult.Exactness.EXACT,
                result.isSignificant(),
                result.effects().stream()
                        .map(effect -> new Effect(
                                effect.name(),
                                finite(effect.value()),
                                finite(effect.low()),
                                finite(effect.high()),
                                effect.magnitude()))
                        .toList(),
                result.groups().stream()
                        .map(group -> new Group(
                                group.name(),
                                group.size(),
                                finite(group.mean()),
                                finite(group.median()),
                                finite(group.deviation())))
                        .toList(),
                result.checks().stream()
                        .map(check -> new Check(
                                check.name(),
                                check.verdict(),
                                check.evidence().stream().map(Value::of).toList(),
                                check.sentence()))
                        .toList(),
                result.comparisons().stream()
                        .map(comparison -> new Comparison(
                                comparison.first(),
                                comparison.second(),
                                finite(comparison.difference()),
                                finite(comparison.statistic()),
                                finite(comparison.pValue()),
                                finite(comparison.low()),
                                finite(comparison.high())))
                        .toList(),
                result.comparisonMethod(),
                result.missing(),
                result.warnings(),
                result.conclusion());
    }

    private static Optional<Double> finite(OptionalDouble value) {
        return value.isPresent() ? finite(value.getAsDouble()) : Optional.empty();
    }

    private static Optional<Double> finite(double value) {
        return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }
}
