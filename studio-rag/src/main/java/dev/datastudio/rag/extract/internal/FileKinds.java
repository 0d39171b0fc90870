package dev.datastudio.rag.extract.internal;

import static dev.datastudio.rag.extract.ExtractionStatus.EMPTY;
import static dev.datastudio.rag.extract.ExtractionStatus.ENCRYPTED;
import static dev.datastudio.rag.extract.ExtractionStatus.MALFORMED;
import static dev.datastudio.rag.extract.ExtractionStatus.UNSUPPORTED;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.poi.poifs.filesystem.DirectoryEntry;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;

/**
 * Tells what a file is by its content. The name only tells the formats of plain text apart, which have no mark of their
 * own.
 */
final class FileKinds {
    private static final int HEAD = 8 * 1024;
    private static final String OLE = "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1";
    private static final Pattern HTML_START =
            Pattern.compile("(?is)\\s*(<\\?xml[^>]*>\\s*)?(<!--.*?-->\\s*)*<(!doctype\\s+html|html|head|body)\\b.*");
    private static final Pattern XML_START = Pattern.compile("(?s)\\s*<\\?xml\\s.*");
    private static final Pattern MAIL_HEADER = Pattern.compile(
            "(?im)^(from|to|cc|subject|date|received|return-path|mime-version|message-id|content-type|delivered-to):\\s");
    private static final Set<String> MAIL_FIRST = Set.of(
            "from",
            "to",
            "subject",
            "date",
            "received",
            "return-path",
            "mime-version",
            "message-id",
            "delivered-to",
            "x-mozilla-status");

    private FileKinds() {}

    /** @throws ExtractionStop when the file is of a kind that is not read */
    static FileKind of(Path file, String name) throws IOException {
        byte[] bytes = head(file);
        if (bytes.length == 0) {
            throw new ExtractionStop(
                    EMPTY, "is empty: it has 0 bytes", "Check the upload, and choose a file with text");
        }
        String head = new String(bytes, StandardCharsets.ISO_8859_1);
        if (head.substring(0, Math.min(1024, head.length())).contains("%PDF-")) {
            return FileKind.PDF;
        } else if (head.startsWith("PK\u0003\u0004") || head.startsWith("PK\u0005\u0006")) {
            return ZipKinds.of(file);
        } else if (head.startsWith(OLE)) {
            return ofCompound(file);
        } else if (head.startsWith("{\\rtf")) {
            return FileKind.RTF;
        }
        return ofText(file, name, head);
    }

    private static byte[] head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD);
        }
    }

    private static FileKind ofCompound(Path file) throws IOException {
        try (POIFSFileSystem container = new POIFSFileSystem(file.toFile(), true)) {
            DirectoryEntry root = container.getRoot();
            if (root.hasEntryCaseInsensitive("EncryptedPackage")) {
                throw encrypted();
            } else if (root.hasEntryCaseInsensitive("WordDocument")) {
                return FileKind.DOC;
            } else if (root.hasEntryCaseInsensitive("PowerPoint Document")) {
                return FileKind.PPT;
            } else if (root.hasEntryCaseInsensitive("Workbook") || root.hasEntryCaseInsensitive("Book")) {
                return FileKind.XLS;
            } else if (root.hasEntryCaseInsensitive("__properties_version1.0")) {
                return FileKind.MSG;
            }
            throw unsupported("is an old Office file that is neither a text, a workbook, a presentation nor a message");
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new ExtractionStop(
                    MALFORMED, "is a damaged Office file of 97 to 2003", "Get it again from where it came from");
        }
    }

    private static FileKind ofText(Path file, String name, String head) throws IOException {
        boolean wide =
                head.startsWith("\u00ff\u00fe") || head.startsWith("\u00fe\u00ff") || TextEncoding.looksWide(head);
        if (wide) {
            return ofPlain(name);
        } else if (head.indexOf('\0') >= 0 || isBinaryType(file)) {
            throw unsupported("is of the type " + binaryType(file) + ", from which no text is read");
        } else if (HTML_START.matcher(head).lookingAt()) {
            return FileKind.HTML;
        } else if (XML_START.matcher(head).lookingAt()) {
            throw unsupported("is an XML file, from which no text is read");
        } else if (isMail(head)) {
            return FileKind.EML;
        }
        return ofPlain(name);
    }

    private static FileKind ofPlain(String name) {
        for (FileKind kind : new FileKind[] {FileKind.MARKDOWN, FileKind.CSV, FileKind.HTML}) {
            if (kind.hasEndingOf(name)) {
                return kind;
            }
        }
        return FileKind.TEXT;
    }

    /** A mail begins with header fields, three of them at least. */
    private static boolean isMail(String head) {
        int end = head.indexOf("\n\n") >= 0 ? head.indexOf("\n\n") : head.indexOf("\r\n\r\n");
        String fields = end < 0 ? head : head.substring(0, end);
        int colon = fields.indexOf(':');
        boolean begins =
                colon > 0 && MAIL_FIRST.contains(fields.substring(0, colon).toLowerCase(Locale.ROOT));
        return (begins || fields.startsWith("X-"))
                && MAIL_HEADER.matcher(fields).results().limit(3).count() == 3;
    }

    /** Whether well-known magic bytes say that it is a picture, a sound, a program or an archive. */
    private static boolean isBinaryType(Path file) throws IOException {
        String type = binaryType(file);
        return (type.startsWith("image/") && !type.equals("image/svg+xml"))
                || type.startsWith("audio/")
                || type.startsWith("video/")
                || type.equals("application/gzip")
                || type.contains("compress")
                || type.contains("executable");
    }

    private static String binaryType(Path file) throws IOException {
        try (TikaInputStream in = TikaInputStream.get(file)) {
            return MimeTypes.getDefaultMimeTypes().detect(in, new Metadata()).toString();
        }
    }

    static ExtractionStop encrypted() {
        return new ExtractionStop(
                ENCRYPTED,
                "is protected with a password",
                "Remove the password in the program it was made with, and save it");
    }

    static ExtractionStop unsupported(String what) {
        return new ExtractionStop(
                UNSUPPORTED,
                what,
                "Use PDF, DOCX, PPTX, XLSX, ODT, RTF, EPUB, HTML, Markdown, plain text, CSV, EML or MSG");
    }
}
