package dev.datastudio.core.dataset.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What tells cheaply that a file has not changed: its size, its modification and change times, its number on the disk.
 * Immutable.
 *
 * @param size bytes
 * @param text the rest
 * @param newestNanos the later of its times, in nanoseconds since 1970
 */
record SourceStamp(long size, String text, long newestNanos) {
    /** A file system's clock may stand still for that long while a file is written twice. */
    private static final long RACY_NANOS = 2_000_000_000L;

    /** The stamp of a file as it is now. */
    static SourceStamp of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            long modified = nanos(attributes.lastModifiedTime());
            long changed = modified;
            if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
                changed = nanos((FileTime) Files.getAttribute(file, "unix:ctime"));
            }
            String text = modified + "/" + changed + "/" + Objects.toString(attributes.fileKey(), "");
            return new SourceStamp(attributes.size(), text, Math.max(modified, changed));
        } catch (IOException e) {
            throw SourceCopy.notReadable(file, e);
        }
    }

    /**
     * Whether an equal stamp later proves equal bytes. A file written just before it was read could be written again
     * within the same tick of the clock, so its stamp proves nothing (as in git, "racy-git").
     *
     * @param readAtNanos when reading began, in nanoseconds since 1970
     */
    boolean isProof(long readAtNanos) {
        return newestNanos + RACY_NANOS < readAtNanos;
    }

    private static long nanos(FileTime time) {
        return time.to(TimeUnit.NANOSECONDS);
    }
}
