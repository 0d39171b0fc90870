package dev.datastudio.agents.reporter.internal.repair;

import dev.datastudio.agents.reporter.internal.SqlNames;
import dev.datastudio.agents.reporter.internal.repair.Faulty.KnownTable;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.SqlDialect;
import java.util.List;
import java.util.Optional;
import net.sf.jsqlparser.expression.operators.arithmetic.Concat;
import net.sf.jsqlparser.schema.Column;

/** What an engine would run and answer wrongly, where others refuse it or answer something else. */
public final class SilentFaults {
    private SilentFaults() {}

    /**
     * The first such fault, as the error that a stricter engine would give.
     *
     * @param names of the engine that would run the statement
     * @param tables the tables that its writer was shown
     */
    public static Optional<StudioException> find(String sql, SqlNames names, List<KnownTable> tables) {
        return Grouping.arbitrary(sql, names.dialect())
                .map(SilentFaults::ungrouped)
                .or(() -> names.dialect() == SqlDialect.MYSQL ? inMySql(sql, tables) : Optional.empty());
    }

    private static StudioException ungrouped(String column) {
        return invalid(
                "The column " + StudioException.quote(column)
                        + " stands beside aggregates and not in GROUP BY, so its values would be any",
                "Add it to GROUP BY, or aggregate it");
    }

    private static Optional<StudioException> inMySql(String sql, List<KnownTable> tables) {
        Optional<ParsedSql> parsed = ParsedSql.read(sql);
        if (parsed.isEmpty()) {
            return Optional.empty();
        }
        for (Column column : parsed.get().columns()) {
            String name = column.getUnquotedColumnName();
            if (column.getColumnName().startsWith("\"") && tables.stream().anyMatch(table -> table.has(name))) {
                return Optional.of(invalid(
                        "In double quotes " + StudioException.quote(name) + " is a text here, not the column",
                        "Put the name into back quotes, or into none"));
            }
        }
        if (!SqlNodes.all(parsed.get().select(), Concat.class).isEmpty()) {
            return Optional.of(invalid("'||' means OR here and joins no texts", "Use CONCAT"));
        }
        return Optional.empty();
    }

    private static StudioException invalid(String what, String mend) {
        return new StudioException(ErrorCode.SQL_INVALID, what, mend);
    }
}
