package dev.datastudio.core.statistics.internal;

import dev.datastudio.core.statistics.Samples;
import dev.datastudio.core.statistics.TestKind;
import dev.datastudio.core.statistics.TestResult;
import dev.datastudio.core.statistics.TestResult.Check;
import dev.datastudio.core.statistics.TestResult.Comparison;
import dev.datastudio.core.statistics.TestResult.Effect;
import dev.datastudio.core.statistics.TestResult.Exactness;
import dev.datastudio.core.statistics.TestResult.Group;
import dev.datastudio.core.statistics.TestResult.Value;
import dev.datastudio.core.statistics.TestSpec;
import java.util.ArrayList;
import java.util.List;

/** A result while it is computed. Not thread-safe; one for each run. */
final class Report {
    private static final int MOST_CENTRES = 4;

    private final TestKind kind;
    private final TestSpec spec;
    private final Samples samples;
    private final List<Value> statistics = new ArrayList<>();
    private final List<Double> degreesOfFreedom = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private final List<Comparison> comparisons = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private String name;
    private String reason = "";
    private String nothing = "";
    private String claim = "";
    private String comparisonMethod = "";
    private double pValue = Double.NaN;
    private Exactness exactness = Exactness.EXACT;

    Report(TestKind kind, TestSpec spec, Samples samples) {
        this.kind = kind;
        this.spec = spec;
        this.samples = samples;
        this.name = kind.title();
    }

    Report name(String name) {
        this.name = name;
        return this;
    }

    Report reason(String reason) {
        this.reason = reason;
        return this;
    }

    /** Both hypotheses as clauses, such as "the mean of Age is the same in female and male". */
    Report hypotheses(String nothing, String claim) {
        this.nothing = nothing;
        this.claim = claim;
        return this;
    }

    Report statistic(String name, double value) {
        statistics.add(new Value(name, value));
        return this;
    }

    Report degreesOfFreedom(double value) {
        degreesOfFreedom.add(value);
        return this;
    }

    Report pValue(double pValue, Exactness exactness) {
        this.pValue = Math.min(1, Math.max(0, pValue));
        this.exactness = exactness;
        return this;
    }

    Report effect(Effect effect) {
        effects.add(effect);
        return this;
    }

    /** The effects up to now. */
    List<Effect> effects() {
        return List.copyOf(effects);
    }

    Report group(Group group) {
        groups.add(group);
        return this;
    }

    Report check(Check check) {
        checks.add(check);
        return this;
    }

    Report comparisons(String method, List<Comparison> found) {
        comparisonMethod = method;
        comparisons.addAll(found);
        return this;
    }

    Report warn(String sentence) {
        warnings.add(sentence);
        return this;
    }

    double pValue() {
        return pValue;
    }

    TestResult build() {
        List<String> said = new ArrayList<>(warnings);
        if (samples.missing() > 0) {
            said.add(Texts.count(samples.missing(), samples.shape() == TestKind.Shape.PAIRS ? "pair" : "row")
                    + " without a value " + (samples.missing() == 1 ? "was" : "were") + " left out.");
        }
        return new TestResult(
                kind,
                name,
                samples.subject(),
                reason,
                Texts.sentence(nothing),
                Texts.sentence(claim),
                spec.alternative(),
                spec.alpha(),
                statistics,
                degreesOfFreedom,
                pValue,
                exactness,
                effects,
                groups,
                checks,
                comparisons,
                comparisonMethod,
                samples.missing(),
                said,
                conclusion());
    }

    /** Means of compared means and medians of compared ranks, where a sentence holds them. */
    private String centres() {
        boolean means = switch (kind) {
            case STUDENT_T, WELCH_T, PAIRED_T, ANOVA, WELCH_ANOVA -> true;
            default -> false;
        };
        boolean medians = kind == TestKind.MANN_WHITNEY || kind == TestKind.KRUSKAL_WALLIS;
        if (!(means || medians) || groups.size() > MOST_CENTRES) {
            return "";
        }
        List<String> values = groups.stream()
                .map(g -> Texts.number(means ? g.mean() : g.median()) + " for " + Texts.name(g.name()))
                .toList();
        return (means ? " The means are " : " The medians are ") + Texts.and(values) + ".";
    }

    private String conclusion() {
        String p = Texts.capital(name) + ", " + Texts.pValue(pValue);
        String effect = effects.isEmpty() ? "" : Effects.sentence(effects.get(0), spec.alpha());
        String found = pValue < spec.alpha()
                ? "There is evidence that " + claim + " (" + p + ")."
                : "There is no evidence that " + claim + " (" + p + ", not below " + Texts.number(spec.alpha()) + ").";
        return found + centres() + effect + Effects.differences(comparisons, spec.alpha());
    }
}
