package dev.datastudio.core.cleaning.internal;

import static dev.datastudio.api.error.StudioException.quote;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.cleaning.CleaningStep.ChangeType;
import dev.datastudio.core.cleaning.CleaningStep.Misfits;
import dev.datastudio.core.cleaning.internal.StepSql.Output;
import java.util.List;

/** Columns read as another type. Not thread-safe. */
final class TypeChanges {
    private static final String POINT = "1,234.5";
    private static final String COMMA = "1.234,5";
    private static final String AROUND = "'^[$€£¥₹\\s\\p{Z}]+|[%$€£¥₹\\s\\p{Z}]+$'";
    private static final String PLAIN = "([0-9]+|[0-9]{1,3}(,[0-9]{3})+)?(\\.[0-9]*)?([eE][-+]?[0-9]{1,3})?";

    private final StepInput input;
    private final StepFacts facts;

    TypeChanges(StepInput input, StepFacts facts) {
        this.input = input;
        this.facts = facts;
    }

    StepSql compile(ChangeType change) {
        InputColumn column = input.column(change.column());
        Fragment converted = converted(column, change);
        if (change.misfits() == Misfits.REFUSE) {
            refuseMisfits(column, converted, change);
        }
        return StepSql.changing(input, List.of(new Output(column.name(), converted)));
    }

    private void refuseMisfits(InputColumn column, Fragment converted, ChangeType change) {
        Fragment there = column.type() == ColumnType.TEXT
                ? Fragment.of(TextSteps.stripped(column.sql()), " <> ''")
                : Fragment.of(column.sql(), " IS NOT NULL");
        long misfits = facts.count(Fragment.of(
                Fragment.of("SELECT count(*) FROM ", input.table(), " WHERE ", there),
                Fragment.of(" AND (", converted, ") IS NULL")));
        if (misfits > 0) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Column " + quote(column.name()) + " has " + misfits + (misfits == 1 ? " value" : " values")
                            + " that can't be read as " + InputColumn.word(change.to()),
                    "Replace them before, give the format they are written in, or let them become missing");
        }
    }

    /** The values of a column as another type; missing where they don't fit. */
    static Fragment converted(InputColumn column, ChangeType change) {
        if (column.type() == ColumnType.OTHER || column.type() == ColumnType.TIME) {
            if (change.to() == ColumnType.TEXT) {
                return Fragment.of("CAST(", column.sql(), " AS VARCHAR)");
            }
            throw impossible(column, change);
        }
        return switch (change.to()) {
            case TEXT -> text(column, change.format());
            case INTEGER, DECIMAL -> number(column, change);
            case BOOLEAN -> truth(column, change);
            case DATE, TIMESTAMP -> time(column, change);
            case TIME, OTHER -> throw new AssertionError(change);
        };
    }

    private static Fragment text(InputColumn column, String format) {
        if (column.type().isTemporal() && !format.isEmpty()) {
            return Fragment.of("strftime(", column.sql(), ", ", Fragment.text(format), ")");
        }
        return Fragment.of("CAST(", column.sql(), " AS VARCHAR)");
    }

    private static Fragment number(InputColumn column, ChangeType change) {
        boolean whole = change.to() == ColumnType.INTEGER;
        return switch (column.type()) {
            case INTEGER -> whole ? column.sql() : column.asDouble();
            case DECIMAL -> whole ? whole(column.sql()) : column.sql();
            case BOOLEAN -> Fragment.of("CAST(", column.sql(), whole ? " AS BIGINT)" : " AS DOUBLE)");
            case TEXT -> numberText(column, change.format(), whole);
            default -> throw impossible(column, change);
        };
    }

    private static Fragment whole(Fragment value) {
        return Fragment.of("CASE WHEN ", value, " = trunc(", value, ") THEN TRY_CAST(", value, " AS BIGINT) END");
    }

    private static Fragment numberText(InputColumn column, String format, boolean whole) {
        if (!format.isEmpty() && !format.equals(POINT) && !format.equals(COMMA)) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The format " + quote(format) + " is not one of numbers",
                    "Use one of [" + POINT + ", " + COMMA + "]");
        }
        Fragment bare = Fragment.of("regexp_replace(", column.sql(), ", " + AROUND + ", '', 'g')");
        if (format.equals(COMMA)) {
            bare = Fragment.of("translate(", bare, ", '.,', ',.')");
        }
        // "-$5" has its sign before the currency.
        bare = Fragment.of("regexp_replace(", bare, ", '^([-+])[$€£¥₹\\s\\p{Z}]+', '\\1')");
        Fragment fits = Fragment.of("regexp_full_match(", bare, ", '[-+]?" + PLAIN + "')");
        Fragment digits = Fragment.of("replace(", bare, ", ',', '')");
        if (whole) {
            Fragment exact = Fragment.of("TRY_CAST(", digits, " AS DECIMAL(38,15))");
            return Fragment.of("CASE WHEN ", fits, " THEN ", whole(exact), " END");
        }
        Fragment number = Fragment.of("TRY_CAST(", digits, " AS DOUBLE)");
        return Fragment.of("CASE WHEN ", fits, " AND isfinite(", number, ") THEN ", number, " END");
    }

    private static Fragment truth(InputColumn column, ChangeType change) {
        Fragment value = column.sql();
        return switch (column.type()) {
            case BOOLEAN -> value;
            case INTEGER, DECIMAL -> Fragment.of("CASE ", value, " WHEN 1 THEN TRUE WHEN 0 THEN FALSE END");
            case TEXT -> {
                Fragment word = Fragment.of("lower(", TextSteps.stripped(value), ")");
                yield Fragment.of(
                        Fragment.of("CASE WHEN ", word, " IN ('true', 'yes', 'y', 't', 'on', '1') THEN TRUE"),
                        Fragment.of(" WHEN ", word, " IN ('false', 'no', 'n', 'f', 'off', '0') THEN FALSE END"));
            }
            default -> throw impossible(column, change);
        };
    }

    private static Fragment time(InputColumn column, ChangeType change) {
        String type = change.to() == ColumnType.DATE ? "DATE" : "TIMESTAMP";
        if (column.type().isTemporal()) {
            return Fragment.of("CAST(", column.sql(), " AS " + type + ")");
        } else if (column.type() != ColumnType.TEXT) {
            throw impossible(column, change);
        }
        Fragment text = TextSteps.stripped(column.sql());
        Fragment time = change.format().isEmpty()
                ? iso(text, change.to())
                : Fragment.of("try_strptime(", text, ", ", Fragment.text(change.format()), ")");
        return Fragment.of("TRY_CAST(", time, " AS " + type + ")");
    }

    private static Fragment iso(Fragment text, ColumnType to) {
        String formats = to == ColumnType.DATE
                ? "['%Y-%m-%d']"
                : "['%Y-%m-%d %H:%M:%S.%f', '%Y-%m-%dT%H:%M:%S.%f', '%Y-%m-%d %H:%M:%S', '%Y-%m-%dT%H:%M:%S',"
                        + " '%Y-%m-%d %H:%M', '%Y-%m-%dT%H:%M', '%Y-%m-%d']";
        return Fragment.of("try_strptime(", text, ", " + formats + ")");
    }

    private static StudioException impossible(InputColumn column, ChangeType change) {
        return new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "Column " + quote(column.name()) + " is of type " + column.typeWord() + ", which can't become "
                        + InputColumn.word(change.to()),
                "Change it to text first, or leave the step out");
    }
}
