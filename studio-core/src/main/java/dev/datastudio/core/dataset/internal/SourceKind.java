package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.dataset.FileFormat;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** Tells what a file holds from its bytes, whatever it is called. */
final class SourceKind {
    private static final String PARQUET = "PAR1";
    private static final String ZIP = "PK\u0003\u0004";
    private static final String OLE = "\u00d0\u00cf\u0011\u00e0";
    /** The name of the stream that an encrypted document has, in UTF-16. */
    private static final String ENCRYPTED =
            new String("EncryptedPackage".getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);

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
        if (isWorkbook(head, name)) {
            return FileFormat.EXCEL;
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
        return looksLikeJson(head) || isCalledJsonLines(name) ? FileFormat.JSON : FileFormat.DELIMITED;
    }

    /** A bad first line does not make it another format. */
    private static boolean isCalledJsonLines(String name) {
        return name.toLowerCase(Locale.ROOT).matches("(?s).*\\.(jsonl|ndjson)(\\.gz)?");
    }

    private static boolean isWorkbook(String head, String name) {
        return head.startsWith(ZIP)
                && (head.contains("xl/") || name.toLowerCase(Locale.ROOT).endsWith(".xlsx"));
    }

    private static void refuseContainers(String head, String name) {
        if (head.startsWith(OLE)) {
            boolean encrypted =
                    head.contains(ENCRYPTED) || name.toLowerCase(Locale.ROOT).endsWith(".xlsx");
            throw new StudioException(
                    ErrorCode.FILE_FORMAT_UNKNOWN,
                    "The file " + StudioException.quote(name)
                            + (encrypted
                                    ? " is protected with a password"
                                    : " is a workbook of Excel 97 to 2003 (.xls) or another old Office document"),
                    encrypted
                            ? "Open it in Excel, remove the password under \"Protect Workbook\", and save it"
                            : "Open it in Excel and save it as \"Excel Workbook (*.xlsx)\"");
        } else if (head.startsWith(ZIP)) {
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
                "Import a CSV, TSV, JSON, Parquet or Excel file");
    }

    private static boolean looksLikeJson(String head) {
        String start = head.replaceFirst("^(\u00ef\u00bb\u00bf)?\\s*", "");
        return start.matches("(?s)\\[\\s*[\\]{].*|\\{\\s*[\"}].*");
    }
}
