package dev.datastudio.core.query.jdbc.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.SqlDialect;
import dev.datastudio.core.query.internal.NearestName;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables that statements may read: those named, or all but the database's own. Immutable. */
public final class TableScope {
    private static final Pattern POSTGRESQL = Pattern.compile("pg_.*|information_schema|_pg_.*");
    private static final Pattern MYSQL =
            Pattern.compile("mysql|performance_schema|information_schema|sys|seq_\\d+_to_\\d+.*");
    private static final Pattern SQLITE = Pattern.compile(
            "sqlite_.*|pragma_.*|dbstat|bytecode|tables_used|json_each|json_tree|jsonb_each|jsonb_tree|generate_series"
                    + "|fsdir|zipfile|completion|fts\\d.*|rtree.*|carray|temp");

    private final SqlDialect dialect;
    private final boolean everything;
    private final List<String> shown;
    private final Set<String> allowed;

    private TableScope(SqlDialect dialect, boolean everything, Collection<String> tables) {
        this.dialect = dialect;
        this.everything = everything;
        this.shown = List.copyOf(tables);
        this.allowed = new HashSet<>(
                dialect == SqlDialect.SQLITE
                        ? tables.stream().map(t -> t.toLowerCase(Locale.ROOT)).toList()
                        : tables);
    }

    /** Every table but those of the database itself. */
    public static TableScope everything(SqlDialect dialect) {
        return new TableScope(dialect, true, List.of());
    }

    /**
     * Only these tables.
     *
     * @param tables as the database stores their names, {@code orders} or {@code sales.orders}; a table stored without a
     *     schema here can't be named with one
     */
    public static TableScope of(SqlDialect dialect, Collection<String> tables) {
        return new TableScope(dialect, false, tables);
    }

    /** A name as the database looks it up. */
    String fold(Token name) {
        boolean folds =
                dialect == SqlDialect.SQLITE || (dialect == SqlDialect.POSTGRESQL && name.kind() == Token.Kind.WORD);
        return folds ? name.folded() : name.text();
    }

    /**
     * @param parts the name, schema first
     * @throws StudioException with {@link ErrorCode#SQL_REFUSED} for a table of the database itself, else
     *     {@link ErrorCode#SQL_INVALID}
     */
    void check(List<Token> parts) {
        String name = parts.stream().map(this::fold).collect(Collectors.joining("."));
        if (dialect == SqlDialect.SQLSERVER && parts.size() > 2) {
            throw GateRefusals.otherDatabase(name);
        }
        if (parts.stream().anyMatch(this::isSystem)) {
            throw GateRefusals.systemTable(name);
        }
        if (!everything && !allowed.contains(name)) {
            String nearest = NearestName.of(name, shown)
                    .map(n -> "; " + StudioException.quote(n) + " is the nearest")
                    .orElse("");
            throw GateRefusals.unknownTable(name, shown, nearest);
        }
    }

    /** A name that a statement gives itself must not be one of the database's. */
    void checkNewName(Token name) {
        if (isSystem(name)) {
            throw GateRefusals.systemTable(name.text());
        }
    }

    private boolean isSystem(Token name) {
        if (dialect == SqlDialect.SQLSERVER) {
            return SqlServerNames.maySystem(name.text());
        }
        Pattern pattern = switch (dialect) {
            case POSTGRESQL -> POSTGRESQL;
            case MYSQL -> MYSQL;
            case SQLSERVER -> throw new AssertionError("Its names are compared another way");
            default -> SQLITE;
        };
        return pattern.matcher(name.folded()).matches()
                || pattern.matcher(plain(name.text())).matches();
    }

    /** Without accents and forms of letters: a server may take Turkish capitals or the sign of Kelvin for plain ones. */
    private static String plain(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKD)
                .replaceAll("[\\p{M}\\p{Cf}\\p{Cc}]", "")
                .strip()
                .toLowerCase(Locale.ROOT)
                .replace('\u0131', 'i');
    }
}
