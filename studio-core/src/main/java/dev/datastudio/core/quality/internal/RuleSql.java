package dev.datastudio.core.quality.internal;

import dev.datastudio.core.profile.internal.ProfileSession;
import dev.datastudio.core.quality.QualityCheck;
import dev.datastudio.core.query.internal.DuckDbDriver;
import java.util.Optional;

/** What breaks a rule, as SQL over one row. */
final class RuleSql {
    private RuleSql() {}

    /** A condition that is true of the rows that break the check; empty for checks of several rows. */
    static Optional<String> violation(QualityCheck check) {
        if (check instanceof QualityCheck.NotNull notNull) {
            return Optional.of(name(notNull.column()) + " IS NULL");
        }
        if (check instanceof QualityCheck.Range range) {
            return Optional.of(range(range));
        }
        if (check instanceof QualityCheck.AllowedValues allowed) {
            String list = String.join(
                    ", ", allowed.values().stream().map(DuckDbDriver::literal).toList());
            return Optional.of(text(allowed.column()) + " NOT IN (" + list + ")");
        }
        if (check instanceof QualityCheck.Pattern pattern) {
            return Optional.of("NOT regexp_full_match(" + text(pattern.column()) + ", "
                    + DuckDbDriver.literal(pattern.regex()) + ")");
        }
        return Optional.empty();
    }

    private static String range(QualityCheck.Range range) {
        String low = name(range.column()) + " < " + range.min();
        String high = name(range.column()) + " > " + range.max();
        if (Double.isInfinite(range.min())) {
            return Double.isInfinite(range.max()) ? "false" : high;
        }
        return Double.isInfinite(range.max()) ? low : "(" + low + " OR " + high + ")";
    }

    static String text(String column) {
        return "CAST(" + name(column) + " AS VARCHAR)";
    }

    static String name(String column) {
        return ProfileSession.name(column);
    }
}
