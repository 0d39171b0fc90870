package dev.datastudio.core.fetch.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.fetch.FetchOptions;
import dev.datastudio.core.fetch.FetchedFile;
import dev.datastudio.core.workspace.internal.StorageErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Unpacks the data files of a ZIP archive that somebody else made. What it says of its own sizes is not believed, its
 * names never become paths, and archives inside of it stay packed.
 */
public final class Archive {
    private static final int MAX_ENTRIES = 1_000;
    private static final int MAX_RATIO = 100;
    /** Small files may be packed as tightly as they like. */
    private static final long RATIO_FROM = 16L << 20;

    private static final int BUFFER = 1 << 16;
    private static final Pattern DATA =
            Pattern.compile("(?i).*\\.(csv|tsv|txt|tab|json|jsonl|ndjson|parquet|xlsx)(\\.gz)?");

    private Archive() {}

    /** Whether a file begins as a ZIP archive does. */
    public static boolean isZip(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(4);
            return head.length == 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4;
        } catch (IOException e) {
            throw StorageErrors.failed("The download could not be read", e);
        }
    }

    /** Unpacks what data can be imported from; in the order of the archive, at least one file. */
    public static List<FetchedFile> unpack(Path archive, Path folder, FetchOptions options) {
        List<FetchedFile> files = new ArrayList<>();
        boolean done = false;
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            List<? extends ZipEntry> entries = zip.stream().toList();
            if (entries.size() > MAX_ENTRIES) {
                throw tooLarge("holds more than " + MAX_ENTRIES + " files");
            }
            entries.forEach(entry -> requireInside(entry.getName()));
            long unpacked = 0;
            for (ZipEntry entry : entries) {
                if (!entry.isDirectory() && DATA.matcher(entry.getName()).matches()) {
                    FetchedFile file = unpack(
                            zip, entry, folder.resolve("unpacked-" + UUID.randomUUID()), options, unpacked, files);
                    unpacked += file.bytes();
                }
            }
            if (files.isEmpty()) {
                throw new StudioException(
                        ErrorCode.FILE_FORMAT_UNKNOWN,
                        "The archive holds no file that data can be imported from",
                        "Use one with a CSV, TSV, JSON, Parquet or Excel file");
            }
            done = true;
            return List.copyOf(files);
        } catch (ZipException e) {
            throw new StudioException(
                    ErrorCode.FILE_MALFORMED, "The archive is a damaged ZIP file", "Download it again", e);
        } catch (IOException e) {
            throw StorageErrors.writing("The archive could not be unpacked", folder, e);
        } finally {
            if (!done) {
                files.forEach(f -> delete(f.path()));
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw StorageErrors.failed("The file " + StudioException.quote(file) + " stays", e);
        }
    }

    /** An archive with a name that leads out of it was made to harm: nothing of it is taken. */
    private static void requireInside(String name) {
        String plain = name.replace('\\', '/').toLowerCase(Locale.ROOT);
        boolean climbs = List.of(plain.split("/", -1)).contains("..");
        boolean absolute = plain.startsWith("/") || plain.matches("[a-z]:.*");
        if (climbs || absolute || plain.chars().anyMatch(Character::isISOControl)) {
            throw new StudioException(
                    ErrorCode.PATH_REFUSED,
                    "The archive names a file outside of it, " + StudioException.quote(name),
                    "Do not trust where it came from");
        }
    }

    private static FetchedFile unpack(
            ZipFile zip, ZipEntry entry, Path target, FetchOptions options, long before, List<FetchedFile> files)
            throws IOException {
        long packed = Math.max(1, entry.getCompressedSize());
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        boolean done = false;
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(target)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                options.cancellation().throwIfCancelled();
                size += n;
                options.admission().accept(before + size);
                if (before + size > options.maxBytes()) {
                    throw tooLarge("unpacks to more than " + options.maxBytes() + " bytes");
                } else if (size > RATIO_FROM && size / packed > MAX_RATIO) {
                    throw tooLarge("unpacks to more than " + MAX_RATIO + " times its size");
                }
                out.write(buffer, 0, n);
            }
            done = true;
        } finally {
            if (!done) {
                delete(target);
            }
        }
        FetchedFile file = new FetchedFile(target, FileNames.safe(entry.getName()), "", size);
        files.add(file);
        return file;
    }

    private static StudioException tooLarge(String what) {
        return new StudioException(
                ErrorCode.LIMIT_EXCEEDED, "The archive " + what, "Unpack it yourself and import the files");
    }
}
