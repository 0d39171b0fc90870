package dev.datastudio.api.dataset;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One imported version of tabular data: what it is called, where it came from and how it is shaped. Immutable; a
 * changed file of the same name is the next version, with an id of its own.
 *
 * @param id names this version
 * @param owner whose it is; every lookup is filtered by it
 * @param name what people call it, usually the file name: {@code sales.csv}; its versions share it
 * @param version 1 for the first import of the name, then 2, 3 and so on
 * @param origin where this version came from
 * @param table its name in SQL, safe without quotes: {@code sales}
 * @param contentHash SHA-256 of the original's bytes and of what changes their meaning (format, options), 64 lower-case
 *     hexadecimal digits
 * @param rowCount rows, at least 0
 * @param columns in the order of the file, at least one, names unique without regard to case
 * @param warnings what was noticed or decided on import, whole sentences, in order
 * @param importedAt when it was imported
 * @param upload the folder of its files, a key prefix of the artifact store without a slash at its end:
 *     {@code TENANT/USER/uploads/UPLOAD}
 */
public record Dataset(
        DatasetId id,
        Caller owner,
        String name,
        int version,
        Origin origin,
        String table,
        String contentHash,
        long rowCount,
        List<Column> columns,
        List<String> warnings,
        Instant importedAt,
        String upload) {

    public Dataset {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(importedAt, "importedAt");
        columns = List.copyOf(columns);
        warnings = List.copyOf(warnings);
        if (version < 1) {
            throw new IllegalArgumentException("version must be at least 1, was " + version);
        }
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("columns must not be empty");
        }
    }

    /** The column of that name, letter case aside. */
    public Optional<Column> findColumn(String name) {
        return columns.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
    }

    /**
     * The column of that name, letter case aside.
     *
     * @throws StudioException with code {@link ErrorCode#UNKNOWN_COLUMN} when there is none
     */
    public Column column(String name) {
        return findColumn(name)
                .orElseThrow(() -> new StudioException(
                        ErrorCode.UNKNOWN_COLUMN,
                        "Column " + StudioException.quote(name) + " is not in data set "
                                + StudioException.quote(this.name),
                        "Use one of " + columns.stream().map(Column::name).toList()));
    }

    /** This data set under another table name, as when two files of one name are asked about together. */
    public Dataset withTable(String table) {
        return new Dataset(
                id, owner, name, version, origin, table, contentHash, rowCount, columns, warnings, importedAt, upload);
    }
}
