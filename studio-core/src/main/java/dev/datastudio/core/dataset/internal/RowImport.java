package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.dataset.ImportOptions;
import dev.datastudio.core.query.RowCodec;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Stores rows that come from Java. The content hash is that of their values. Thread-safe. */
public final class RowImport {
    private static final int MAX_DIGITS = 38;
    private static final int CHECK_EVERY = 4096;

    private final Importer importer;

    public RowImport(Importer importer) {
        this.importer = importer;
    }

    /** Stores all rows, or finds what was made of equal ones before. */
    public Dataset run(Caller caller, String name, RowSource source) {
        String checked = Importer.name(name);
        return importer.locked(caller, checked, () -> {
            try (UploadFolder folder = UploadFolder.create(importer.uploads(caller))) {
                return store(caller, checked, source, folder);
            }
        });
    }

    private Dataset store(Caller caller, String name, RowSource source, UploadFolder folder) {
        Path target = folder.resolve(TableFile.NAME);
        List<String> warnings = new ArrayList<>();
        List<TableFile.Shape> shapes = shapes(source, warnings);
        MessageDigest digest = ContentHash.sha256();
        ImportedTable table;
        try (TableFile file = TableFile.create(target, folder.scratch(), ImportOptions.DEFAULT.cancellation())) {
            long rows = fill(file, source, shapes, digest, warnings);
            table = new ImportedTable(rows, file.columns(shapes, rows), warnings);
            file.finish();
        } catch (SQLException e) {
            throw DuckDb.failed("The rows of " + StudioException.quote(name) + " could not be stored", target, e);
        }
        String hash = HexFormat.of().formatHex(digest.digest());
        return importer.stored(caller, name, hash)
                .orElseGet(() -> importer.publish(caller, folder, name, "", hash, table, Catalogue.Source.NONE));
    }

    private static List<TableFile.Shape> shapes(RowSource source, List<String> warnings) {
        List<String> names = ColumnNames.unique(
                source.columns().stream().map(RowSource.RowColumn::name).toList(), warnings);
        List<TableFile.Shape> shapes = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            shapes.add(new TableFile.Shape(
                    names.get(i), source.columns().get(i).kind().type(), ""));
        }
        return shapes;
    }

    private static long fill(
            TableFile file, RowSource source, List<TableFile.Shape> shapes, MessageDigest digest, List<String> warnings)
            throws SQLException {
        StringBuilder sql = new StringBuilder("CREATE TABLE " + TableFile.TABLE + " (");
        for (int i = 0; i < shapes.size(); i++) {
            sql.append(i == 0 ? "" : ", ").append(Sql.name(shapes.get(i).name()));
            sql.append(' ').append(source.columns().get(i).kind().sqlType());
        }
        file.execute(sql + ")");
        DuckDBConnection connection = file.connection().unwrap(DuckDBConnection.class);
        OutputStream hashed = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
        try (DataOutputStream canonical = new DataOutputStream(new BufferedOutputStream(hashed));
                DuckDBAppender appender = connection.createAppender("target", "main", "data")) {
            RowCodec.writeColumns(
                    canonical,
                    shapes.stream()
                            .map(s -> new ResultColumn(s.name(), s.type()))
                            .toList());
            return new Appending(source, appender, canonical).all(warnings);
        } catch (IOException e) {
            throw new UncheckedIOException("Hashing in memory does not fail", e);
        }
    }

    /** Puts rows into the table and into the hash. */
    private static final class Appending {
        private final RowSource source;
        private final DuckDBAppender appender;
        private final DataOutputStream canonical;
        private final long[] notFinite;

        Appending(RowSource source, DuckDBAppender appender, DataOutputStream canonical) {
            this.source = source;
            this.appender = appender;
            this.canonical = canonical;
            this.notFinite = new long[source.columns().size()];
        }

        long all(List<String> warnings) throws SQLException, IOException {
            long rows = 0;
            for (@Nullable Object[] row = source.rows().next();
                    row != null;
                    row = source.rows().next()) {
                appender.beginRow();
                for (int i = 0; i < row.length; i++) {
                    Object value = stored(row[i], i, rows + 1);
                    RowCodec.writeValue(canonical, value);
                    append(value);
                }
                appender.endRow();
                rows++;
                if (rows % CHECK_EVERY == 0 && Thread.currentThread().isInterrupted()) {
                    throw Cancellation.cancelledError();
                }
            }
            if (rows == 0) {
                throw RowSource.noRows();
            }
            for (int i = 0; i < notFinite.length; i++) {
                if (notFinite[i] > 0) {
                    warnings.add("Column '" + source.columns().get(i).name() + "' has " + notFinite[i]
                            + (notFinite[i] == 1 ? " value that is" : " values that are")
                            + " no finite number, read as missing.");
                }
            }
            return rows;
        }

        private @Nullable Object stored(@Nullable Object value, int column, long row) {
            Object stored = source.columns().get(column).kind().store(value);
            if (stored instanceof Double number && !Double.isFinite(number)) {
                notFinite[column]++;
                return null;
            }
            if (stored instanceof BigDecimal number && number.precision() > MAX_DIGITS) {
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "Column "
                                + StudioException.quote(
                                        source.columns().get(column).name()) + " has a number of " + number.precision()
                                + " digits in row " + row,
                        "Give it as a text, or with at most " + MAX_DIGITS + " digits");
            }
            return stored;
        }

        private void append(@Nullable Object value) throws SQLException {
            if (value == null) {
                appender.appendNull();
            } else if (value instanceof String text) {
                appender.append(text);
            } else if (value instanceof Long number) {
                appender.append(number.longValue());
            } else if (value instanceof Double number) {
                appender.append(number.doubleValue());
            } else if (value instanceof Boolean truth) {
                appender.append(truth.booleanValue());
            } else if (value instanceof LocalDate date) {
                appender.append(date);
            } else if (value instanceof LocalDateTime time) {
                appender.append(time);
            } else if (value instanceof LocalTime time) {
                appender.append(time);
            } else if (value instanceof BigDecimal number) {
                appender.append(number);
            } else {
                throw new AssertionError(value.getClass());
            }
        }
    }
}
