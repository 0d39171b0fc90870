package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.dataset.FileFormat;
import java.util.Locale;
import java.util.Map;

/** Tells what a file holds from its bytes, whatever it is called. */
final class SourceKind {
    private static final String PARQUET = "PAR1";
    private static final String ZIP = "PK\u0003\u0004";
    private static final String OLE = "\u00d0\u00cf\u0011\u00e0";
    private static final String GZIP = "\u001f\u008b";
    private static final Map<String, String> BINARIES = Map.of(
            "a PNG picture", "\u0089PNG",
            "a JPEG picture", "\u00ff\u00d8\u00ff",
            "a GIF picture", "GIF8",
            "a PDF document", "%PDF-",
            "a SQLite database", "SQLite format 3",
            "a program", "\u007fELF",
            "a Java class", "\u00ca\u00fe\u00ba\u00be");

    private SourceKind() {}

    static boolean isGzip(String head) {
        return head.startsWith(GZIP);
    }

    /** The BOM of UTF-16, little or big end first. */
    static boolean isUtf16(String head) {
        return head.startsWith("\u00ff\u00fe") || head.startsWith("\u00fe\u00ff");
    }

    /**
     * The format of a file that is not compressed.
     *
     * @param name what the file is called, for errors
     * @throws StudioException with {@link ErrorCode#FILE_FORMAT_UNKNOWN} or {@link ErrorCode#FILE_IS_BINARY}
     */
    static FileFormat of(SourceCopy file, String name) {
        String head = file.head();
        if (head.startsWith(PARQUET)) {
            return FileFormat.PARQUET;
        }
        refuseContainers(head, name);
        BINARIES.forEach((what, magic) -> {
            if (head.startsWith(magic)) {
                throw binary(name, "is " + what);
            }
        });
        if (isUtf16(head)) {
            return FileFormat.DELIMITED;
        }
        if (file.hasNul()) {
            throw binary(name, "is binary: it has zero bytes");
        }
        return looksLikeJson(head) ? FileFormat.JSON : FileFormat.DELIMITED;
    }

    private static void refuseContainers(String head, String name) {
        boolean zip = head.startsWith(ZIP);
        boolean excel = zip && head.contains("xl/");
        if (excel || (zip && name.toLowerCase(Locale.ROOT).endsWith(".xlsx")) || head.startsWith(OLE)) {
            throw new StudioException(
                    ErrorCode.FILE_FORMAT_UNKNOWN,
                    "The file " + StudioException.quote(name) + " is a workbook of Excel or another Office document",
                    "Save the sheet as CSV and import that");
        }
        if (zip) {
            throw new StudioException(
                    ErrorCode.FILE_FORMAT_UNKNOWN,
                    "The file " + StudioException.quote(name) + " is a ZIP archive",
                    "Unpack it and import the file that is inside");
        }
    }

    private static StudioException binary(String name, String what) {
        return new StudioException(
                ErrorCode.FILE_IS_BINARY,
                "The file " + StudioException.quote(name) + " " + what,
                "Import a CSV, TSV, JSON or Parquet file");
    }

    private static boolean looksLikeJson(String head) {
        String start = head.replaceFirst("^(\u00ef\u00bb\u00bf)?\\s*", "");
        return start.matches("(?s)\\[\\s*[\\]{].*|\\{\\s*[\"}].*");
    }
}
