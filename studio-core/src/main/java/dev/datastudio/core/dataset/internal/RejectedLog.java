package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.dataset.ImportOptions;
import dev.datastudio.core.dataset.ImportReport;
import dev.datastudio.core.dataset.ImportReport.RejectedRow;
import dev.datastudio.core.workspace.internal.StorageErrors;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the rows that an import leaves out, and refuses the import when they are too many. Not thread-safe. */
final class RejectedLog implements AutoCloseable {
    private final Path file;
    private final String name;
    private final ImportOptions options;
    private final List<RejectedRow> first = new ArrayList<>();
    private long count;
    private @Nullable Writer out;

    /**
     * @param file where the rows are written; not made while there is none
     * @param name what the data is called, for errors
     */
    RejectedLog(Path file, String name, ImportOptions options) {
        this.file = file;
        this.name = name;
        this.options = options;
    }

    /** Whether rows may be left out at all. */
    boolean takesRows() {
        return options.maxRejectedRows() > 0;
    }

    /**
     * Leaves a row out.
     *
     * @param reason a whole sentence
     * @param raw what the row holds
     * @throws StudioException with {@link ErrorCode#FILE_MALFORMED} when it is one too many
     */
    void add(long line, String reason, String raw) {
        count++;
        if (first.size() < ImportReport.MAX_LISTED) {
            first.add(new RejectedRow(line, reason));
        }
        if (count > options.maxRejectedRows()) {
            throw tooMany("more than the " + options.maxRejectedRows() + " rows that may be left out");
        }
        try {
            Writer writer = writer();
            writer.write(line + "," + quoted(reason) + "," + quoted(raw) + "\r\n");
        } catch (IOException e) {
            throw StorageErrors.writing("The rejected rows could not be stored", file, e);
        }
    }

    private Writer writer() throws IOException {
        Writer writer = out;
        if (writer == null) {
            writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
            writer.write("line,reason,raw\r\n");
            out = writer;
        }
        return writer;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private StudioException tooMany(String limit) {
        RejectedRow row = first.get(0);
        return new StudioException(
                ErrorCode.FILE_MALFORMED,
                "The file " + StudioException.quote(name) + " has " + limit + "; the first is in line " + row.line()
                        + ": " + row.reason(),
                "Mend the file, or allow more rejected rows");
    }

    /** What was left out of a file with so many good rows; refuses the import when the share is too high. */
    Rejected conclude(long rows, List<String> warnings) {
        if (count == 0) {
            return Rejected.NONE;
        }
        if (count > options.maxRejectedShare() * (rows + count)) {
            throw tooMany(count + " rows of " + (rows + count) + " that can't be read, a higher share than "
                    + options.maxRejectedShare());
        }
        warnings.add((count == 1 ? "1 row was" : count + " rows were") + " left out because "
                + (count == 1 ? "it" : "they") + " can't be read, the first in line "
                + first.get(0).line() + "; see the report of the import.");
        return new Rejected(count, first);
    }

    @Override
    public void close() {
        try {
            if (out != null) {
                out.close();
            }
        } catch (IOException e) {
            throw StorageErrors.writing("The rejected rows could not be stored", file, e);
        }
    }
}
