package dev.datastudio.core.profile;

import dev.datastudio.api.dataset.ColumnType;
import java.util.List;
import java.util.Objects;

/**
 * How two data sets, or two versions of one, differ. Columns are matched by name, letter case aside. Immutable.
 *
 * @param newer the profile of the one
 * @param older the profile of the other, which differences are told against
 * @param findings what changed, in words, the most important first
 * @param added names of columns that only the newer one has
 * @param removed names of columns that only the older one has
 * @param typeChanges columns that have another type now
 * @param shifts what changed in the columns that both have with one kind of values, in the order of the newer one
 */
public record ProfileComparison(
        DatasetProfile newer,
        DatasetProfile older,
        List<ProfileAlert> findings,
        List<String> added,
        List<String> removed,
        List<TypeChange> typeChanges,
        List<ColumnShift> shifts) {
    public ProfileComparison {
        Objects.requireNonNull(newer, "newer");
        Objects.requireNonNull(older, "older");
        findings = List.copyOf(findings);
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        typeChanges = List.copyOf(typeChanges);
        shifts = List.copyOf(shifts);
    }

    /**
     * A column of another type. Immutable.
     *
     * @param column its name
     * @param older what it was
     * @param newer what it is
     */
    public record TypeChange(String column, ColumnType older, ColumnType newer) {
        public TypeChange {
            Objects.requireNonNull(column, "column");
            Objects.requireNonNull(older, "older");
            Objects.requireNonNull(newer, "newer");
        }
    }

    /**
     * One column before and now. Immutable.
     *
     * @param column its name in the newer data set
     * @param newer what it is
     * @param older what it was
     * @param populationStability the population stability index of the newer against the older shares: of numbers and
     *     times in the older one's tenths, of categories by value; a share of 0 counts as 0.0001. Below 0.1 is called
     *     stable, above 0.25 a shift (N. Siddiqi, "Credit Risk Scorecards", 2006). NaN when it can't be told
     * @param totalVariation half the sum of the differences of the shares in {@code bins}, 0 to 1; NaN as above
     * @param kolmogorovSmirnov the greatest distance of the two distribution functions, 0 to 1; NaN for columns of
     *     neither numbers nor times
     * @param sampledRows rows, of the larger one, that distances of numbers and times were computed from
     * @param bins shares of both, by value or by equal steps
     * @param newValues how many values are there that were not; -1 when there are too many to tell, or no categories
     * @param newExamples some of them, the most frequent first
     * @param vanishedValues how many values are not there any more; -1 as above
     * @param vanishedExamples some of them, the most frequent first
     */
    public record ColumnShift(
            String column,
            ColumnDetails newer,
            ColumnDetails older,
            double populationStability,
            double totalVariation,
            double kolmogorovSmirnov,
            long sampledRows,
            List<SharedBin> bins,
            long newValues,
            List<String> newExamples,
            long vanishedValues,
            List<String> vanishedExamples) {
        public ColumnShift {
            Objects.requireNonNull(column, "column");
            Objects.requireNonNull(newer, "newer");
            Objects.requireNonNull(older, "older");
            bins = List.copyOf(bins);
            newExamples = List.copyOf(newExamples);
            vanishedExamples = List.copyOf(vanishedExamples);
        }
    }

    /**
     * The same part of both. Immutable.
     *
     * @param label a value, or where the part lies
     * @param older share of the older one's values, 0 to 1
     * @param newer share of the newer one's values, 0 to 1
     */
    public record SharedBin(String label, double older, double newer) {
        public SharedBin {
            Objects.requireNonNull(label, "label");
        }
    }
}
