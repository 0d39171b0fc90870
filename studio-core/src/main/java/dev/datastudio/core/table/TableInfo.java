package dev.datastudio.core.table;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.List;
import java.util.Objects;

/**
 * A table that SQL can be run over. Immutable.
 *
 * @param name its name for people, with its schema where it has one: {@code public.orders}
 * @param sql its name in SQL, quoted
 * @param comment what its owners wrote about it; empty when nothing
 * @param rows how many rows it has; -1 when it is not known
 * @param exactRows whether {@code rows} was counted rather than estimated
 * @param columns in order
 */
public record TableInfo(
        String name, String sql, String comment, long rows, boolean exactRows, List<ColumnInfo> columns) {
    public TableInfo {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(sql, "sql");
        Objects.requireNonNull(comment, "comment");
        columns = List.copyOf(columns);
    }

    /**
     * The column of a name, letter case aside.
     *
     * @throws StudioException with {@link ErrorCode#UNKNOWN_COLUMN} when there is none
     */
    public ColumnInfo column(String name) {
        return columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new StudioException(
                        ErrorCode.UNKNOWN_COLUMN,
                        "Column " + StudioException.quote(name) + " is not in " + StudioException.quote(this.name),
                        "Use one of " + columns.stream().map(ColumnInfo::name).toList()));
    }

    /**
     * A column.
     *
     * @param name its name for people
     * @param sql its name in SQL, quoted
     * @param nativeType what its engine calls the type; empty when that says no more than {@code type}
     * @param note keys, role, comment, in words; empty when there is nothing to say
     */
    public record ColumnInfo(String name, String sql, ColumnType type, String nativeType, String note) {
        public ColumnInfo {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(sql, "sql");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(nativeType, "nativeType");
            Objects.requireNonNull(note, "note");
        }
    }
}
