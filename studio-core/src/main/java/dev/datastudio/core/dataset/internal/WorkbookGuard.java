package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Looks through a workbook before it is read: unpacks every part once, into nothing, and counts. What a zip file says
 * of its own sizes is not believed.
 */
final class WorkbookGuard {
    private static final int MAX_RATIO = 100;
    /** Small parts may be packed as tightly as they like. */
    private static final long RATIO_FROM = 16L << 20;

    private static final long MAX_UNPACKED = 4L << 30;
    /** These the reader holds in memory. */
    private static final long MAX_SHARED_STRINGS = 256L << 20;

    private static final long MAX_OTHER_PART = 32L << 20;
    private static final int MAX_PARTS = 10_000;
    /** A cell holds at most 32,767 characters; escaped they may be some times as long. */
    private static final int MAX_TEXT = 1 << 20;

    private static final String STRICT = "purl.oclc.org/ooxml";
    private static final int BUFFER = 1 << 16;

    private final String name;
    private final Cancellation cancellation;
    private final byte[] buffer = new byte[BUFFER];
    private long unpacked;

    WorkbookGuard(String name, Cancellation cancellation) {
        this.name = name;
        this.cancellation = cancellation;
    }

    /** Refuses what can't be read or would do harm. */
    void check(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<? extends ZipEntry> parts = entries(zip);
            Set<String> names = new HashSet<>();
            for (ZipEntry part : parts) {
                if (!names.add(part.getName())) {
                    throw malformed("has two parts of one name", null);
                }
                count(zip, part);
            }
            if (names.contains("xl/workbook.bin")) {
                throw format("is a binary workbook (.xlsb)");
            } else if (!names.contains("xl/workbook.xml")) {
                throw malformed("is a ZIP archive without a workbook", null);
            }
            refuseStrict(zip);
        } catch (ZipException e) {
            throw malformed("is a damaged ZIP archive", e);
        }
    }

    private List<? extends ZipEntry> entries(ZipFile zip) {
        if (zip.size() > MAX_PARTS) {
            throw tooLarge("has more than " + MAX_PARTS + " parts");
        }
        return new ArrayList<>(zip.stream().toList());
    }

    private void count(ZipFile zip, ZipEntry part) throws IOException {
        boolean sheet = part.getName().startsWith("xl/worksheets/");
        boolean strings = part.getName().endsWith("sharedStrings.xml");
        long packed = Math.max(1, part.getCompressedSize());
        boolean xml = part.getName().endsWith(".xml") || part.getName().endsWith(".rels");
        long limit = sheet || !xml ? MAX_UNPACKED : strings ? MAX_SHARED_STRINGS : MAX_OTHER_PART;
        long size = 0;
        int text = 0;
        try (InputStream in = zip.getInputStream(part)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                cancellation.throwIfCancelled();
                size += n;
                unpacked += n;
                if (size > limit || unpacked > MAX_UNPACKED) {
                    throw tooLarge("unpacks to more than " + Math.min(limit, MAX_UNPACKED) + " bytes");
                } else if (size > RATIO_FROM && size / packed > MAX_RATIO) {
                    throw tooLarge("unpacks to more than " + MAX_RATIO + " times its size");
                }
                text = xml ? longestText(n, text) : 0;
            }
        }
    }

    /** Refuses a text between two tags that no cell can hold; how long the one at the end of the buffer is so far. */
    private int longestText(int length, int before) {
        int text = before;
        for (int i = 0; i < length; i++) {
            text = buffer[i] == '<' || buffer[i] == '>' ? 0 : text + 1;
            if (text > MAX_TEXT) {
                throw malformed("has a text that is longer than any cell", null);
            }
        }
        return text;
    }

    private void refuseStrict(ZipFile zip) throws IOException {
        ZipEntry workbook = zip.getEntry("xl/workbook.xml");
        try (InputStream in = zip.getInputStream(workbook)) {
            String head = new String(in.readNBytes(BUFFER), StandardCharsets.ISO_8859_1);
            if (head.contains(STRICT)) {
                throw format("is a strict Open XML workbook");
            } else if (head.contains("<!DOCTYPE")) {
                throw malformed("has a document type, which no workbook has", null);
            }
        }
    }

    private StudioException format(String what) {
        return new StudioException(
                ErrorCode.FILE_FORMAT_UNKNOWN,
                "The file " + StudioException.quote(name) + " " + what,
                "Open it in Excel and save it as \"Excel Workbook (*.xlsx)\"");
    }

    private StudioException malformed(String what, @org.jspecify.annotations.Nullable Throwable cause) {
        return new StudioException(
                ErrorCode.FILE_MALFORMED,
                "The file " + StudioException.quote(name) + " " + what,
                "Save it again in Excel, or save the sheet as CSV and import that",
                cause);
    }

    private StudioException tooLarge(String what) {
        return new StudioException(
                ErrorCode.LIMIT_EXCEEDED,
                "The file " + StudioException.quote(name) + " " + what,
                "Save the sheet as CSV and import that");
    }
}
