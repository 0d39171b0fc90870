package dev.datastudio.core.statistics.internal;

import dev.datastudio.core.statistics.Samples;
import dev.datastudio.core.statistics.TestResult;
import dev.datastudio.core.statistics.TestSpec;
import dev.datastudio.core.statistics.TestSpec.Alternative;
import java.util.List;

/** Words and summaries that tests of samples share. */
final class Comparing {
    private Comparing() {}

    static void groups(Report report, Samples samples) {
        for (int i = 0; i < samples.size(); i++) {
            report.group(group(samples.names().get(i), samples.values(i)));
        }
    }

    static TestResult.Group group(String name, double[] values) {
        if (values.length == 0) {
            return new TestResult.Group(name, 0, Double.NaN, Double.NaN, Double.NaN);
        }
        Moments moments = Moments.of(values);
        return new TestResult.Group(name, values.length, moments.mean(), Moments.median(values), moments.deviation());
    }

    static String subject(Samples samples) {
        return Texts.name(samples.subject());
    }

    static String names(Samples samples) {
        return Texts.and(samples.names().stream().map(Texts::name).toList());
    }

    static String first(Samples samples) {
        return Texts.name(samples.names().get(0));
    }

    static String second(Samples samples) {
        return Texts.name(samples.names().get(1));
    }

    /** Hypotheses on one quantity of two groups or of a column against a reference. */
    static void ofDifference(Report report, TestSpec spec, String quantity, String first, String second) {
        String than = spec.reference() == 0 || second.isEmpty() ? "" : " by " + Texts.number(spec.reference());
        String other = second.isEmpty() ? Texts.number(spec.reference()) : "that of " + second + than;
        String side = switch (spec.alternative()) {
            case TWO_SIDED -> " differs from ";
            case LESS -> " is less than ";
            case GREATER -> " is greater than ";
        };
        String equal = spec.alternative() == Alternative.TWO_SIDED
                ? " is "
                : spec.alternative() == Alternative.LESS ? " is not less than " : " is not greater than ";
        String same = spec.alternative() == Alternative.TWO_SIDED && !second.isEmpty() ? " equals " : equal;
        String who = quantity + " " + first;
        report.hypotheses(who + same + other, who + side + other);
    }

    static double[] concatenated(List<double[]> groups) {
        return groups.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
    }

    static List<double[]> values(Samples samples) {
        return java.util.stream.IntStream.range(0, samples.size())
                .mapToObj(samples::values)
                .toList();
    }
}
