package dev.datastudio.rag.extract.internal;

import static dev.datastudio.rag.extract.ExtractionStatus.MALFORMED;
import static dev.datastudio.rag.extract.ExtractionStatus.UNSUPPORTED;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Tells what a ZIP file is: an Office or OpenDocument file, a book, or an archive of files, which is not read. */
final class ZipKinds {
    private static final int HEAD = 256 * 1024;
    private static final String CONTENT_TYPES = "[Content_Types].xml";

    private ZipKinds() {}

    static FileKind of(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            FileKind kind = kindOf(zip);
            if (kind == null) {
                throw new ExtractionStop(
                        UNSUPPORTED,
                        "is a ZIP archive of " + zip.size() + (zip.size() == 1 ? " file" : " files"),
                        "Unpack it, and add the documents that are inside");
            }
            return kind;
        } catch (ZipException e) {
            throw damaged(file);
        }
    }

    private static @Nullable FileKind kindOf(ZipFile zip) throws IOException {
        String mimetype = start(zip, "mimetype").strip();
        if (!mimetype.isEmpty()) {
            return ofMimetype(zip, mimetype);
        }
        String types = start(zip, CONTENT_TYPES);
        if (types.isEmpty()) {
            return zip.getEntry("META-INF/container.xml") == null ? null : FileKind.EPUB;
        }
        refuseStrict(zip);
        if (types.contains("wordprocessingml.") || types.contains("ms-word.")) {
            return FileKind.DOCX;
        } else if (types.contains("presentationml.presentation")
                || types.contains("presentationml.slideshow")
                || types.contains("ms-powerpoint.")) {
            return FileKind.PPTX;
        } else if (types.contains("sheet.binary")) {
            throw FileKinds.unsupported("is a binary workbook (.xlsb)");
        } else if (types.contains("spreadsheetml.") || types.contains("ms-excel.")) {
            return FileKind.XLSX;
        }
        throw FileKinds.unsupported("is an Office file that is neither a text, a workbook nor a presentation");
    }

    private static @Nullable FileKind ofMimetype(ZipFile zip, String mimetype) throws IOException {
        if (start(zip, "META-INF/manifest.xml").contains("manifest:encryption-data")) {
            throw FileKinds.encrypted();
        } else if (zip.getEntry("META-INF/rights.xml") != null) {
            throw new ExtractionStop(
                    dev.datastudio.rag.extract.ExtractionStatus.ENCRYPTED,
                    "is protected by digital rights management",
                    "Get a copy without copy protection from its publisher");
        }
        for (FileKind kind : new FileKind[] {FileKind.EPUB, FileKind.ODT, FileKind.ODS, FileKind.ODP}) {
            if (mimetype.startsWith(kind.contentType())) {
                return kind;
            }
        }
        return null;
    }

    /** The strict variant of Office Open XML has other names for everything, which the reader does not know. */
    private static void refuseStrict(ZipFile zip) throws IOException {
        if (start(zip, "_rels/.rels").contains("purl.oclc.org/ooxml")) {
            throw new ExtractionStop(
                    UNSUPPORTED,
                    "is in the format \"Strict Open XML\" (ISO/IEC 29500 Strict), which is not read",
                    "Open it in Office and save it without \"Strict\", as .docx, .xlsx or .pptx");
        }
    }

    private static String start(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            return "";
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return in == null ? "" : new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
        }
    }

    private static ExtractionStop damaged(Path file) throws IOException {
        String head;
        try (InputStream in = Files.newInputStream(file)) {
            head = new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
        }
        boolean document = head.contains(CONTENT_TYPES) || head.contains("mimetype") || head.contains("_rels/");
        return document
                ? new ExtractionStop(
                        MALFORMED,
                        "is a damaged Office document, probably cut off",
                        "Get it again from where it came from")
                : new ExtractionStop(
                        UNSUPPORTED, "is a damaged ZIP archive", "Add the documents that were in it one by one");
    }
}
