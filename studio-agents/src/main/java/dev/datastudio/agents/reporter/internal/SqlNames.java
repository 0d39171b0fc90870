package dev.datastudio.agents.reporter.internal;

import dev.datastudio.core.analysis.SqlDialect;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How names are written in a dialect: in quotes only where it needs them. Immutable. */
public record SqlNames(SqlDialect dialect) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern LOWER = Pattern.compile("[a-z_][a-z0-9_]*");

    /** Words that at least one of the dialects keeps for itself. */
    private static final Set<String> RESERVED = Set.of(
            ("all analyse analyze and any array as asc asymmetric between both by case cast check collate column condition"
                            + " constraint create cross cube current_date current_time current_timestamp current_user"
                            + " database default delete desc describe distinct div do drop else end except exists explain"
                            + " false fetch for foreign freeze from full function grant group grouping groups having if"
                            + " ilike in index inner insert intersect interval into is isnull join key keys kill lateral"
                            + " leading left like limit localtime match natural not notnull null of off offset on only or"
                            + " order outer over overlaps partition pivot placing plan primary procedure qualify range rank"
                            + " read references release rename repeat replace returning right row rows schema select"
                            + " session_user set show similar some ssl symmetric system table tablesample then to top"
                            + " trailing trigger true union unique unpivot update usage use user using values variadic"
                            + " verbose view when where window with write xor")
                    .split(" "));

    /** Whether a word can't be a name without quotes. */
    public static boolean isReservedWord(String word) {
        return RESERVED.contains(word.toLowerCase(Locale.ROOT));
    }

    /** Whether a name means itself without quotes. */
    boolean isPlain(String name) {
        Pattern plain = dialect == SqlDialect.POSTGRESQL ? LOWER : PLAIN;
        return plain.matcher(name).matches() && !isReservedWord(name);
    }

    /** A name as statements have it. */
    public String write(String name) {
        return isPlain(name) ? name : quoted(name);
    }

    /** A name in quotes. */
    public String quoted(String name) {
        String mark = dialect == SqlDialect.MYSQL ? "`" : "\"";
        return mark + name.replace(mark, mark + mark) + mark;
    }

    /** A table's name as statements have it, with its schema where one must be named. */
    String write(ShownTable table) {
        String schema = table.schema();
        boolean isDefault = schema.isEmpty()
                || switch (dialect) {
                    case POSTGRESQL -> schema.equals("public");
                    case SQLITE, DUCKDB -> schema.equals("main");
                    case SQLSERVER -> schema.equals("dbo");
                    case MYSQL -> false;
                };
        if (dialect == SqlDialect.DUCKDB && !isDefault) {
            return quoted(stored(table));
        }
        return isDefault ? write(table.plainName()) : write(schema) + "." + write(table.plainName());
    }

    /** A table's last name as the engine knows it: in a DuckDB file another schema is a part of the name. */
    String stored(ShownTable table) {
        boolean joined = dialect == SqlDialect.DUCKDB
                && !table.schema().isEmpty()
                && !table.schema().equals("main");
        return joined ? table.name() : table.plainName();
    }

    /** Whether two names mean the same here, written as they are. */
    public boolean isSame(String written, String stored) {
        String plain = unquoted(written);
        boolean inQuotes = !plain.equals(written);
        if (dialect == SqlDialect.POSTGRESQL) {
            return (inQuotes ? plain : plain.toLowerCase(Locale.ROOT)).equals(stored);
        }
        return plain.equalsIgnoreCase(stored);
    }

    /** A name without its quotes. */
    public static String unquoted(String written) {
        if (written.length() < 2) {
            return written;
        }
        char first = written.charAt(0);
        char last = written.charAt(written.length() - 1);
        boolean quoted =
                (first == '"' && last == '"') || (first == '`' && last == '`') || (first == '[' && last == ']');
        if (!quoted) {
            return written;
        }
        String end = String.valueOf(last);
        return written.substring(1, written.length() - 1).replace(end + end, end);
    }
}
