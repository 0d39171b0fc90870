package dev.datastudio.core.preview;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.ErrorType;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.preview.internal.FileKind;
import dev.datastudio.core.preview.internal.JsonText;
import dev.datastudio.core.table.TableSource;
import dev.datastudio.core.table.TableSources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Shows sources and files: rows a page at a time, text, JSON, pictures and PDF. What can't be shown is a
 * {@link Preview.Failed} that says why. Thread-safe.
 */
public final class Previews {
    /** Characters of a text at most. */
    public static final int MAX_TEXT = 200_000;

    /** Bytes of a picture or PDF at most: 10 MiB. */
    public static final int MAX_BINARY = 10 << 20;

    private static final int MAX_CELL = 2_000;

    private final TableSources sources;

    private Previews(TableSources sources) {
        this.sources = sources;
    }

    /** Previews of these sources. */
    public static Previews of(TableSources sources) {
        return new Previews(Objects.requireNonNull(sources, "sources"));
    }

    /**
     * A page of rows. A statement runs through the source's engine, which lets through one that only reads.
     *
     * @throws StudioException with {@link ErrorCode#CANCELLED}, or when the studio itself fails
     */
    public Preview show(Caller caller, PreviewRequest request) {
        try (TableSource source = sources.open(caller, request.source(), request.version())) {
            return page(source, request);
        } catch (StudioException e) {
            return failed(e);
        }
    }

    private static Preview failed(StudioException error) {
        if (error.code() == ErrorCode.CANCELLED || error.code().type() == ErrorType.INTERNAL) {
            throw error;
        }
        return new Preview.Failed(error);
    }

    private static Preview page(TableSource source, PreviewRequest request) {
        boolean whole = request.sql().isBlank();
        String rows = whole
                ? "SELECT * FROM " + source.table(request.table()).sql()
                : "SELECT * FROM (" + request.sql().strip().replaceFirst(";\\s*$", "") + "\n) AS preview";
        if (request.offset() == 0) {
            QueryResult first = run(source, whole ? rows : request.sql(), request);
            return new Preview.Table(headers(first), cells(first), first.totalRows());
        }
        String page = rows + " LIMIT " + request.limit() + " OFFSET " + request.offset();
        QueryResult shown = run(source, page, request);
        QueryResult counted = run(source, "SELECT COUNT(*) FROM (" + rows + "\n) AS counted", request);
        return new Preview.Table(headers(shown), cells(shown), number(counted));
    }

    private static long number(QueryResult counted) {
        return ((Number) Objects.requireNonNull(counted.rows().get(0).get(0))).longValue();
    }

    private static QueryResult run(TableSource source, String sql, PreviewRequest request) {
        Query query = new Query(sql, List.of(), QueryLimits.DEFAULT.withMaxRows(request.limit()));
        return source.engine().execute(query, request.cancellation());
    }

    private static List<String> headers(QueryResult result) {
        return result.columns().stream().map(ResultColumn::name).toList();
    }

    private static List<List<@Nullable String>> cells(QueryResult result) {
        List<List<@Nullable String>> rows = new ArrayList<>(result.rows().size());
        for (List<@Nullable Object> row : result.rows()) {
            List<@Nullable String> cells = new ArrayList<>(row.size());
            row.forEach(value -> cells.add(cell(value)));
            rows.add(cells);
        }
        return rows;
    }

    private static @Nullable String cell(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        String text = value.toString();
        return text.length() <= MAX_CELL ? text : cut(text, MAX_CELL - 1) + "…";
    }

    /**
     * A file, by what its bytes are. Reads no more than it shows, and leaves the stream open.
     *
     * @param name the file's name, for messages and to tell JSON from text
     * @throws IOException if the stream fails
     */
    public Preview show(String name, InputStream content) throws IOException {
        byte[] start = content.readNBytes(MAX_TEXT * 4);
        try {
            return switch (FileKind.of(name, start)) {
                case PNG, JPEG, GIF, WEBP ->
                    new Preview.Image(
                            whole(name, start, content),
                            FileKind.of(name, start).mimeType());
                case PDF -> new Preview.Pdf(whole(name, start, content));
                case JSON -> JsonText.show(text(start), hasMore(start, content));
                case TEXT -> new Preview.Text(text(start), hasMore(start, content));
                case BINARY ->
                    throw new StudioException(
                            ErrorCode.FILE_IS_BINARY,
                            "The file " + StudioException.quote(name) + " is no text, picture or PDF",
                            "Download it, or import it as a data set if it holds a table");
            };
        } catch (StudioException e) {
            return failed(e);
        }
    }

    private static byte[] whole(String name, byte[] start, InputStream rest) throws IOException {
        byte[] more = rest.readNBytes(MAX_BINARY + 1 - start.length);
        if (start.length + more.length > MAX_BINARY) {
            throw new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "The file " + StudioException.quote(name) + " is larger than the " + (MAX_BINARY >> 20)
                            + " MiB that are shown",
                    "Download it instead");
        }
        byte[] all = Arrays.copyOf(start, start.length + more.length);
        System.arraycopy(more, 0, all, start.length, more.length);
        return all;
    }

    private static boolean hasMore(byte[] start, InputStream rest) throws IOException {
        return rest.read() >= 0 || new String(start, StandardCharsets.UTF_8).length() > MAX_TEXT;
    }

    private static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8).replace("\uFEFF", "");
        return text.length() <= MAX_TEXT ? text : cut(text, MAX_TEXT);
    }

    /** The beginning of a text, with no half of a character at its end. */
    private static String cut(String text, int length) {
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
