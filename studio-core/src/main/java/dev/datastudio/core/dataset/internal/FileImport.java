package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.core.dataset.FileFormat;
import dev.datastudio.core.dataset.ImportOptions;
import dev.datastudio.core.workspace.internal.StorageErrors;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Takes a file from its copied bytes to a table. Not thread-safe. */
final class FileImport {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private final UploadFolder folder;
    private final String name;
    private final ImportOptions options;
    private final List<String> warnings = new ArrayList<>();

    FileImport(UploadFolder folder, String name, ImportOptions options) {
        this.folder = folder;
        this.name = name;
        this.options = options;
    }

    /** Fills the table of the folder from a copy in it. */
    ImportedTable run(Path original, SourceCopy copy) {
        Path file = original;
        SourceCopy bytes = copy;
        if (SourceKind.isGzip(copy.head())) {
            file = folder.scratch().resolve("unpacked");
            TextFiles.unpack(original, file, name, options.cancellation());
            bytes = SourceCopy.read(file, ProgressListener.NONE, options.cancellation());
        }
        if (bytes.size() == 0) {
            throw new StudioException(
                    ErrorCode.FILE_EMPTY,
                    "The file " + StudioException.quote(name) + " is empty",
                    "Import a file with a header and rows");
        }
        FileFormat format = options.format() == FileFormat.AUTO ? SourceKind.of(bytes, name) : options.format();
        if (format == FileFormat.DELIMITED || format == FileFormat.JSON) {
            requireText(bytes); // a binary file stays one, whatever was asked for
            file = decoded(file, bytes);
        }
        if (options.format() == FileFormat.AUTO && SourceKind.isUtf16(bytes.head())) {
            format = SourceKind.of(SourceCopy.read(file, ProgressListener.NONE, options.cancellation()), name);
        }
        options.progress().onProgress(new Progress("storing", 0, bytes.size(), "bytes"));
        ImportedTable table = load(file, format);
        options.progress().onProgress(new Progress("storing", bytes.size(), bytes.size(), "bytes"));
        warnings.addAll(table.warnings());
        return new ImportedTable(table.rowCount(), table.columns(), warnings, table.rejected());
    }

    private void requireText(SourceCopy bytes) {
        FileFormat found = SourceKind.of(bytes, name);
        if (found == FileFormat.EXCEL || found == FileFormat.PARQUET) {
            throw new StudioException(
                    ErrorCode.FILE_IS_BINARY,
                    "The file " + StudioException.quote(name) + " is no text but of format " + found,
                    "Leave the format out, or name that one");
        }
    }

    private Path decoded(Path file, SourceCopy bytes) {
        Charset charset;
        if (SourceKind.isUtf16(bytes.head())) {
            charset = StandardCharsets.UTF_16;
            warnings.add("The file is written in UTF-16.");
        } else if (!bytes.isUtf8()) {
            charset = WINDOWS_1252;
            warnings.add("The file is not UTF-8; it is read as Windows-1252, which includes Latin-1.");
        } else {
            return file;
        }
        Path text = folder.scratch().resolve("text.csv");
        TextFiles.transcode(file, charset, text, name, options.cancellation());
        return text;
    }

    private ImportedTable load(Path file, FileFormat format) {
        Path target = folder.resolve(TableFile.NAME);
        try (TableFile table = TableFile.create(target, folder.scratch(), options.cancellation())) {
            ImportedTable done = fill(file, format, table);
            table.finish();
            return done;
        } catch (SQLException e) {
            throw DuckDb.failed("The file " + StudioException.quote(name) + " could not be stored", target, e);
        } catch (IOException e) {
            throw StorageErrors.writing("The file " + StudioException.quote(name) + " could not be stored", target, e);
        }
    }

    private ImportedTable fill(Path file, FileFormat format, TableFile table) throws SQLException, IOException {
        Path rejected = folder.resolve(Rejected.FILE);
        return switch (format) {
            case DELIMITED, AUTO -> new DelimitedImport(file, name, folder.scratch(), options, table, rejected).run();
            case EXCEL -> new ExcelImport(file, name, folder.scratch(), options, table).run();
            case JSON -> new JsonImport(file, name, folder.scratch(), options, table, rejected).run();
            case PARQUET -> TypedImport.ofParquet(file, name, table, options).run();
        };
    }
}
