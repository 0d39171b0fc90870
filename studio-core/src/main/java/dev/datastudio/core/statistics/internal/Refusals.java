package dev.datastudio.core.statistics.internal;

import static dev.datastudio.api.error.StudioException.quote;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.statistics.Samples;
import dev.datastudio.core.statistics.TestKind;
import dev.datastudio.core.statistics.TestSpec;

/** Why a test can't be run, with what would do. */
final class Refusals {
    private Refusals() {}

    static StudioException notApplicable(String what, String mend) {
        return new StudioException(ErrorCode.TEST_NOT_APPLICABLE, what, mend);
    }

    static void requireSize(TestKind kind, String name, double[] values, int least) {
        if (values.length < least) {
            throw notApplicable(
                    "The " + kind.title() + " needs at least " + least + " values in " + quote(name) + ", which has "
                            + values.length,
                    "Add rows, or leave out a filter");
        }
    }

    static StudioException constant(TestKind kind, String name) {
        return notApplicable(
                "Every value of " + quote(name) + " is the same, so the " + kind.title() + " has no spread to work on",
                "Test a column or groups whose values differ");
    }

    static StudioException shape(TestKind kind, Samples samples) {
        return notApplicable(
                "The " + kind.title() + " needs " + kind.shape().words() + ", and " + quote(samples.subject()) + " is "
                        + has(samples),
                "Give it that, or use the automatic choice");
    }

    private static String has(Samples samples) {
        return switch (samples.shape()) {
            case GROUPS -> Texts.count(samples.size(), "group") + " of numbers";
            case TABLE ->
                "a table of " + samples.names().size() + " x "
                        + samples.columns().size() + " counts";
            default -> samples.shape().words();
        };
    }

    static void requireTwoSided(TestKind kind, TestSpec spec) {
        if (spec.alternative() != TestSpec.Alternative.TWO_SIDED) {
            throw notApplicable(
                    "The " + kind.title() + " has no side, and the alternative is "
                            + quote(spec.alternative().words()),
                    "Use the alternative 'two-sided', or compare two groups");
        }
    }

    static StudioException exactWithTies(TestKind kind, String name) {
        return notApplicable(
                "The values of " + quote(name) + " have ties, for which the " + kind.title() + " has no exact p-value",
                "Use the asymptotic method, or leave the choice to the test");
    }
}
