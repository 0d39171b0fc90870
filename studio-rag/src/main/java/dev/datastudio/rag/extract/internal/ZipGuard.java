package dev.datastudio.rag.extract.internal;

import static dev.datastudio.rag.extract.ExtractionStatus.MALFORMED;
import static dev.datastudio.rag.extract.ExtractionStatus.TOO_LARGE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Looks through a packed document before it is read: unpacks every part once, into nothing, and counts. What a ZIP file
 * says of its own sizes is not believed.
 */
final class ZipGuard {
    private static final int MAX_PARTS = 50_000;
    /** Small documents may be packed as tightly as they like. */
    private static final long FREE_BYTES = 16L << 20;
    /** Parts that are held in memory as a whole: styles, strings, relations. */
    private static final long MAX_HELD_PART = 128L << 20;

    private static final int PROLOGUE = 4096;

    private final Reading reading;
    private final FileKind kind;
    private final byte[] buffer = new byte[1 << 16];
    private long unpacked;

    private ZipGuard(Reading reading, FileKind kind) {
        this.reading = reading;
        this.kind = kind;
    }

    static void check(Reading reading, FileKind kind) throws IOException {
        new ZipGuard(reading, kind).check();
    }

    private void check() throws IOException {
        long packed = Math.max(1, Files.size(reading.file()));
        try (ZipFile zip = new ZipFile(reading.file().toFile())) {
            if (zip.size() > MAX_PARTS) {
                throw tooLarge("has more than " + MAX_PARTS + " parts");
            }
            for (Iterator<? extends ZipEntry> parts = zip.entries().asIterator(); parts.hasNext(); ) {
                count(zip, parts.next(), packed);
            }
        } catch (ZipException e) {
            throw new ExtractionStop(
                    MALFORMED, "is " + kind.words() + " with damaged parts", "Get it again from where it came from");
        }
    }

    private void count(ZipFile zip, ZipEntry part, long packed) throws IOException {
        String name = part.getName().toLowerCase(Locale.ROOT);
        long held = name.endsWith(".rels") || name.endsWith("sharedstrings.xml") || name.endsWith("styles.xml")
                ? MAX_HELD_PART
                : Long.MAX_VALUE;
        long size = 0;
        try (InputStream in = zip.getInputStream(part)) {
            int n = in.readNBytes(buffer, 0, buffer.length);
            refuseDocumentType(name, n);
            for (; n > 0; n = in.read(buffer)) {
                reading.writer().throwIfHalted();
                size += n;
                unpacked += n;
                if (unpacked > FREE_BYTES
                        && unpacked / packed > reading.limits().maxRatio()) {
                    throw tooLarge("of " + packed + " bytes unpacks to more than "
                            + reading.limits().maxRatio() + " times its size");
                } else if (size > held) {
                    throw tooLarge("has a part of more than " + held + " bytes that must be held in memory");
                }
            }
        }
    }

    /**
     * No XML of an Office file declares a document type; one that does wants to reach other files or to blow itself up. A
     * web page in a book and a part of an old OpenDocument file may name its type, but not declare entities.
     */
    private void refuseDocumentType(String name, int length) {
        boolean xml = name.endsWith(".xml") || name.endsWith(".rels") || name.endsWith("html") || name.endsWith(".opf");
        String start = new String(buffer, 0, Math.min(length, PROLOGUE), StandardCharsets.ISO_8859_1).replace("\0", "");
        boolean namesTypes = switch (kind) {
            case EPUB, ODT, ODS, ODP -> true;
            default -> false;
        };
        boolean refused = start.contains("<!ENTITY") || (!namesTypes && start.contains("<!DOCTYPE"));
        if (xml && refused) {
            throw new ExtractionStop(
                    MALFORMED,
                    "has a part that declares a document type, which could reach other files",
                    "Don't use it: no Office program writes such a file");
        }
    }

    private static ExtractionStop tooLarge(String what) {
        return new ExtractionStop(TOO_LARGE, what, "Check where it comes from: ordinary documents don't do that");
    }
}
