package dev.datastudio.core.statistics;

import java.util.List;
import java.util.Objects;

/**
 * A question to a data set: one column, or two. Immutable.
 *
 * @param column what is tested: numbers or a category
 * @param other what it is compared by or with: groups, a second column of numbers, or another category; empty for none
 * @param groups the values of the grouping column that are compared, the first being the one that is less or greater in
 *     a one-sided test; empty for all, in rising order
 * @param spec which test, and how
 */
public record TestRequest(String column, String other, List<String> groups, TestSpec spec) {
    public TestRequest {
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(other, "other");
        Objects.requireNonNull(spec, "spec");
        groups = List.copyOf(groups);
    }

    /** One column, with the test chosen automatically: normality of numbers, equal shares of a category. */
    public static TestRequest of(String column) {
        return of(column, "");
    }

    /** Two columns, with the test chosen automatically: groups compared, numbers correlated, categories associated. */
    public static TestRequest of(String column, String other) {
        return new TestRequest(column, other, List.of(), TestSpec.of(TestKind.AUTO));
    }

    /** The same columns with a test. */
    public TestRequest with(TestSpec spec) {
        return new TestRequest(column, other, groups, spec);
    }

    /** The same columns with a test and its defaults. */
    public TestRequest with(TestKind kind) {
        return with(TestSpec.of(kind));
    }

    /** The same question about some groups only, in this order. */
    public TestRequest between(String... groups) {
        return new TestRequest(column, other, List.of(groups), spec);
    }
}
