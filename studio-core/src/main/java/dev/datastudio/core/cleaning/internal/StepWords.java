package dev.datastudio.core.cleaning.internal;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.analysis.internal.StepReading;
import dev.datastudio.core.analysis.internal.ValueText;
import dev.datastudio.core.analysis.internal.Words;
import dev.datastudio.core.cleaning.CleaningStep;
import dev.datastudio.core.cleaning.CleaningStep.ChangeType;
import dev.datastudio.core.cleaning.CleaningStep.CleanText;
import dev.datastudio.core.cleaning.CleaningStep.Derive;
import dev.datastudio.core.cleaning.CleaningStep.DropColumns;
import dev.datastudio.core.cleaning.CleaningStep.DropDuplicates;
import dev.datastudio.core.cleaning.CleaningStep.DropMissing;
import dev.datastudio.core.cleaning.CleaningStep.FillMissing;
import dev.datastudio.core.cleaning.CleaningStep.Filling;
import dev.datastudio.core.cleaning.CleaningStep.FilterRows;
import dev.datastudio.core.cleaning.CleaningStep.KeepColumns;
import dev.datastudio.core.cleaning.CleaningStep.Rename;
import dev.datastudio.core.cleaning.CleaningStep.ReplaceValues;
import dev.datastudio.core.cleaning.CleaningStep.SplitColumn;
import dev.datastudio.core.cleaning.CleaningStep.StandardiseCategories;
import dev.datastudio.core.cleaning.CleaningStep.TreatOutliers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Steps in words: what is to be done, and what was done. */
public final class StepWords {
    private static final ValueText VALUES = new ValueText(Locale.ENGLISH);
    private static final StepReading READING = new StepReading(Locale.ENGLISH);

    private StepWords() {}

    /** What a step is to do, without a full stop. */
    public static String plan(CleaningStep step) {
        if (step instanceof FillMissing fill) {
            return "Fill missing values of " + quote(fill.column()) + " with " + with(fill.with(), Map.of());
        } else if (step instanceof ChangeType change) {
            return "Change the type of " + quote(change.column()) + " to " + InputColumn.word(change.to());
        } else if (step instanceof DropMissing drop) {
            return "Remove rows" + missing(drop);
        } else if (step instanceof DropDuplicates drop) {
            return "Remove repeated rows" + keys(drop);
        } else if (step instanceof TreatOutliers treat) {
            return treatment(treat) + " outliers of " + quote(treat.column()) + beyond(treat.rule());
        } else if (step instanceof FilterRows filter) {
            return "Keep rows where " + READING.of(filter.condition());
        } else if (step instanceof CleanText clean) {
            return "Clean the texts of " + columns(clean.columns(), "all columns of texts") + changes(clean);
        } else if (step instanceof ReplaceValues replace) {
            return "Replace values of " + quote(replace.column()) + replacements(replace);
        } else if (step instanceof StandardiseCategories standardise) {
            return "Give categories of " + quote(standardise.column()) + " one spelling" + categories(standardise);
        }
        return columnsPlan(step);
    }

    private static String columnsPlan(CleaningStep step) {
        if (step instanceof Rename rename) {
            return "Rename " + quote(rename.column()) + " to " + quote(rename.to());
        } else if (step instanceof DropColumns drop) {
            return "Remove " + noun(drop.columns()) + columns(drop.columns(), "");
        } else if (step instanceof KeepColumns keep) {
            return "Keep only " + noun(keep.columns()) + columns(keep.columns(), "");
        } else if (step instanceof Derive derive) {
            return "Add " + quote(derive.name()) + " as " + Words.of(derive.value());
        } else if (step instanceof SplitColumn split) {
            return "Split " + quote(split.column()) + " at " + quote(split.separator()) + " into "
                    + columns(split.into(), "");
        }
        throw new AssertionError(step);
    }

    /** What a step did, without a full stop. */
    static String done(CleaningStep step, Measured measured) {
        if (step instanceof FillMissing fill) {
            return "Filled " + values(measured.cells(), "missing value") + " of " + quote(fill.column()) + " with "
                    + with(fill.with(), measured.facts());
        } else if (step instanceof ChangeType change) {
            return "Changed the type of " + quote(change.column()) + " to " + InputColumn.word(change.to())
                    + lost(measured.lost());
        } else if (step instanceof DropMissing drop) {
            return "Removed " + values(measured.removed(), "row") + missing(drop);
        } else if (step instanceof DropDuplicates drop) {
            return "Removed " + values(measured.removed(), "repeated row") + keys(drop);
        } else if (step instanceof TreatOutliers treat) {
            long count = measured.removed() + measured.cells();
            return treated(treat) + " " + values(count, "outlier") + " of " + quote(treat.column())
                    + outside(measured.facts());
        } else if (step instanceof FilterRows filter) {
            return "Kept " + values(measured.left(), "row") + " of " + number(measured.rows()) + " where "
                    + READING.of(filter.condition());
        }
        return moreDone(step, measured);
    }

    private static String moreDone(CleaningStep step, Measured measured) {
        String changed = values(measured.cells(), "value");
        if (step instanceof CleanText clean) {
            return "Cleaned " + changed + " of " + columns(clean.columns(), "all columns of texts") + changes(clean);
        } else if (step instanceof ReplaceValues replace) {
            return "Replaced " + changed + " of " + quote(replace.column()) + replacements(replace);
        } else if (step instanceof StandardiseCategories standardise) {
            return "Gave " + changed + " of " + quote(standardise.column()) + " one spelling" + categories(standardise);
        } else if (step instanceof Rename rename) {
            return "Renamed " + quote(rename.column()) + " to " + quote(rename.to());
        } else if (step instanceof DropColumns drop) {
            return "Removed " + noun(drop.columns()) + columns(drop.columns(), "");
        } else if (step instanceof KeepColumns keep) {
            return "Kept only " + noun(keep.columns()) + columns(keep.columns(), "");
        } else if (step instanceof Derive derive) {
            return "Added " + quote(derive.name()) + " as " + Words.of(derive.value());
        }
        return columnsPlan(step);
    }

    private static String with(Filling filling, Map<String, Constant> facts) {
        if (filling instanceof Filling.Value given) {
            return value(given.value());
        } else if (filling instanceof Filling.Previous) {
            return "the value before";
        } else if (filling instanceof Filling.Statistic statistic) {
            Constant value = facts.get(ValueSteps.VALUE);
            String name = statistic.kind() == Filling.Kind.MODE
                    ? "the most frequent value"
                    : "the " + Fields.word(statistic.kind());
            return value == null ? name : name + " " + value(value);
        }
        throw new AssertionError(filling);
    }

    private static String lost(long count) {
        return count == 0
                ? ""
                : "; " + values(count, "value") + (count == 1 ? " did not fit and is" : " did not fit and are")
                        + " missing now";
    }

    private static String missing(DropMissing drop) {
        boolean any = drop.missing() == CleaningStep.Quantifier.ANY;
        if (drop.columns().size() == 1) {
            return " without a value of " + quote(drop.columns().get(0));
        }
        return (any ? " without a value in one of " : " without a value in any of ")
                + columns(drop.columns(), "the columns");
    }

    private static String keys(DropDuplicates drop) {
        String last = drop.keep() == CleaningStep.Keep.LAST ? ", keeping the last" : "";
        return (drop.keys().isEmpty() ? "" : " with equal " + columns(drop.keys(), "")) + last;
    }

    private static String treatment(TreatOutliers treat) {
        return switch (treat.treatment()) {
            case REMOVE -> "Remove rows with";
            case CAP -> "Cap";
            case MISSING -> "Mark as missing";
        };
    }

    private static String treated(TreatOutliers treat) {
        return switch (treat.treatment()) {
            case REMOVE -> "Removed rows with";
            case CAP -> "Capped";
            case MISSING -> "Marked as missing";
        };
    }

    private static String beyond(Detail.Outliers rule) {
        String times = VALUES.number(rule.threshold());
        return rule.method() == Detail.OutlierMethod.Z_SCORE
                ? " beyond " + times + " standard deviations from the mean"
                : " beyond " + times + " times the interquartile range from the quartiles";
    }

    private static String outside(Map<String, Constant> facts) {
        Constant low = facts.get(ValueSteps.LOW);
        Constant high = facts.get(ValueSteps.HIGH);
        return low == null || high == null ? "" : " below " + value(low) + " or above " + value(high);
    }

    private static String changes(CleanText clean) {
        return " (" + clean.changes().stream().map(Words::lower).collect(Collectors.joining(", ")) + ")";
    }

    private static String replacements(ReplaceValues replace) {
        return " ("
                + some(replace.replacements().stream()
                        .map(r -> value(r.from()) + " by "
                                + r.to().map(StepWords::value).orElse("no value"))
                        .toList())
                + ")";
    }

    private static String categories(StandardiseCategories standardise) {
        return " ("
                + some(standardise.categories().stream()
                        .map(c -> quote(c.name()))
                        .toList()) + ")";
    }

    private static final int NAMED = 10;

    private static String some(List<String> parts) {
        int more = parts.size() - NAMED;
        String named = String.join(", ", parts.subList(0, Math.min(NAMED, parts.size())));
        return more > 0 ? named + " and " + more + " more" : named;
    }

    private static String noun(List<String> columns) {
        return columns.size() == 1 ? "column " : "columns ";
    }

    private static String columns(List<String> columns, String all) {
        return columns.isEmpty()
                ? all
                : some(columns.stream().map(StepWords::quote).toList());
    }

    private static String value(Constant constant) {
        return constant.value() instanceof String text ? quote(text) : VALUES.of(constant.value(), "");
    }

    static String values(long count, String noun) {
        return number(count) + " " + noun + (count == 1 ? "" : "s");
    }

    static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    static String quote(String name) {
        return StudioException.quote(name);
    }
}
