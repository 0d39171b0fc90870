package dev.datastudio.core.tool.internal;

import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.core.table.TableInfo;
import dev.datastudio.core.table.TableInfo.ColumnInfo;
import dev.datastudio.core.table.TableSource;
import dev.datastudio.core.table.TableSources;
import java.util.List;
import java.util.Locale;

/** Tells the tables of a source, or the columns of one. */
public final class DescribeSource extends DataTool {
    private static final int MAX_TABLES = 200;
    private static final int MAX_COLUMNS = 500;

    public DescribeSource(TableSources sources) {
        super(
                sources,
                "describe_source",
                "Tells what a source is: its tables, and the columns of one table with their types and keys.",
                new InputSchema().optional(TABLE, "The table; its columns are told. Left out, all tables are"));
    }

    @Override
    String answer(TableSource source, Arguments arguments, ToolContext context) {
        List<TableInfo> tables = source.tables();
        String name = arguments.text(TABLE);
        if (name.isEmpty() && tables.size() != 1) {
            return tables(source, tables);
        }
        return columns(source.table(name));
    }

    private static String tables(TableSource source, List<TableInfo> tables) {
        StringBuilder text =
                new StringBuilder(source.name() + " (" + source.kind() + ") has " + tables.size() + " tables:");
        for (TableInfo table : tables.subList(0, Math.min(MAX_TABLES, tables.size()))) {
            text.append("\n")
                    .append(table.name())
                    .append(" | ")
                    .append(table.columns().size())
                    .append(" columns | ");
            text.append(rows(table)).append(table.comment().isEmpty() ? "" : " | " + line(table.comment()));
        }
        return text.append(more(tables.size(), MAX_TABLES, "tables")).toString();
    }

    private static String columns(TableInfo table) {
        StringBuilder text = new StringBuilder("Table " + table.name() + ", " + rows(table));
        text.append(table.comment().isEmpty() ? "" : ": " + line(table.comment()));
        List<ColumnInfo> columns = table.columns();
        for (ColumnInfo column : columns.subList(0, Math.min(MAX_COLUMNS, columns.size()))) {
            String type =
                    column.nativeType().isEmpty() ? column.type().name().toLowerCase(Locale.ROOT) : column.nativeType();
            text.append("\n").append(line(column.name())).append(" | ").append(type);
            text.append(column.note().isEmpty() ? "" : " | " + line(column.note()));
        }
        return text.append(more(columns.size(), MAX_COLUMNS, "columns")).toString();
    }

    private static String more(int all, int shown, String what) {
        return all <= shown ? "" : "\n… and " + (all - shown) + " more " + what;
    }

    private static String rows(TableInfo table) {
        return table.rows() < 0
                ? "rows not known"
                : (table.exactRows() ? "" : "about ") + table.rows() + (table.rows() == 1 ? " row" : " rows");
    }

    private static String line(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= 300 ? line : line.substring(0, 299) + "…";
    }
}
