package dev.datastudio.core.quality.internal;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.profile.internal.Figures;
import dev.datastudio.core.profile.internal.Words;
import dev.datastudio.core.quality.QualityCheck;
import java.time.Duration;

/** Rules in words. */
final class RuleWords {
    private static final int SHOWN = 120;

    private RuleWords() {}

    /** What a check demands, as the rest of a sentence. */
    static String of(QualityCheck check) {
        if (check instanceof QualityCheck.NotNull notNull) {
            return quote(notNull.column()) + " has a value";
        }
        if (check instanceof QualityCheck.Unique unique) {
            return "no two rows are equal in " + quote(String.join(", ", unique.columns()));
        }
        if (check instanceof QualityCheck.Range range) {
            return quote(range.column()) + " is between " + Figures.number(range.min()) + " and "
                    + Figures.number(range.max());
        }
        if (check instanceof QualityCheck.AllowedValues allowed) {
            return quote(allowed.column()) + " is one of " + Words.cut(String.join(", ", allowed.values()), SHOWN);
        }
        if (check instanceof QualityCheck.Pattern pattern) {
            return quote(pattern.column()) + " matches " + Words.cut(pattern.regex(), SHOWN);
        }
        if (check instanceof QualityCheck.Reference reference) {
            return quote(reference.column()) + " is there in " + quote(reference.otherColumn()) + " of "
                    + quote(reference.dataset());
        }
        if (check instanceof QualityCheck.Freshness freshness) {
            return quote(freshness.column()) + " is not older than " + duration(freshness.maxAge());
        }
        if (check instanceof QualityCheck.RowCount) {
            return "the number of rows changes little";
        }
        throw new AssertionError(check);
    }

    static String duration(Duration duration) {
        long hours = Math.abs(duration.toHours());
        return hours >= 48
                ? Figures.plural(hours / 24, "day")
                : hours > 0 ? Figures.plural(hours, "hour") : Figures.plural(Math.abs(duration.toMinutes()), "minute");
    }

    private static String quote(String value) {
        return StudioException.quote(value);
    }
}
