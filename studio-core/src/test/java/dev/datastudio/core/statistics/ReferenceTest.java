package dev.datastudio.core.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datastudio.core.statistics.TestResult.Comparison;
import dev.datastudio.core.statistics.TestResult.Effect;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers against SciPy, and against independent formulas where SciPy has none; see {@code src/test/scipy}. */
class ReferenceTest {
    /** Intervals are roots of distribution functions, and SciPy integrates the studentised range to 1e-10 or so. */
    private static final double OF_ROOTS = 1e-8;

    static List<References.Case> cases() {
        return References.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void agreesWithTheReference(References.Case test) {
        TestResult result = HypothesisTests.run(test.spec(), test.samples());

        JsonNode expected = test.expected();
        double tolerance = expected.get("tolerance").asDouble();
        close("statistic", expected.get("statistic"), result.statistic(), tolerance);
        close("p", expected.get("p"), result.pValue(), tolerance);
        for (int i = 0; i < expected.get("df").size(); i++) {
            close("df", expected.get("df").get(i), result.degreesOfFreedom().get(i), tolerance);
        }
        expected.get("effects").properties().forEach(effect -> effect(effect, result));
        comparisons(expected.get("comparisons"), result.comparisons());
    }

    private static void effect(Map.Entry<String, JsonNode> expected, TestResult result) {
        Effect found = result.effects().stream()
                .filter(e -> e.name().equals(expected.getKey()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + expected.getKey() + " in " + result.effects()));
        Iterator<JsonNode> numbers = expected.getValue().elements();
        close(found.name(), numbers.next(), found.value(), 1e-10);
        if (numbers.hasNext()) {
            close(found.name() + " low", numbers.next(), found.low().orElseThrow(), OF_ROOTS);
            close(found.name() + " high", numbers.next(), found.high().orElseThrow(), OF_ROOTS);
        }
    }

    private static void comparisons(JsonNode expected, List<Comparison> found) {
        for (int i = 0; i < expected.size(); i++) {
            JsonNode numbers = expected.get(i);
            close("difference", numbers.get(0), found.get(i).difference(), 1e-10);
            close("p of a pair", numbers.get(1), found.get(i).pValue(), OF_ROOTS);
            if (numbers.size() > 2) {
                close("low of a pair", numbers.get(2), found.get(i).low().orElseThrow(), OF_ROOTS);
                close("high of a pair", numbers.get(3), found.get(i).high().orElseThrow(), OF_ROOTS);
            }
        }
    }

    /** Relative, and absolute near zero where the reference itself is a difference of larger numbers. */
    private static void close(String what, JsonNode expected, double found, double tolerance) {
        if (expected.isNull()) {
            assertTrue(Double.isInfinite(found), () -> what + " must be infinite, was " + found);
            return;
        }
        double value = expected.asDouble();
        boolean tiny = what.equals("p") && value < 1e-12;
        double allowed = tolerance * (tiny ? value : Math.max(Math.abs(value), what.equals("p") ? 0 : 1e-2));
        assertEquals(value, found, allowed, what);
    }
}
