package dev.datastudio.rag.ingest;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.artifact.ArtifactStore;
import dev.datastudio.api.artifact.StoredArtifact;
import dev.datastudio.api.artifact.SupportsLocalPath;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * Where the files of a user's documents lie: {@code TENANT/USER/documents/DOCUMENT/VERSION/original}, and {@code text}
 * beside it. Thread-safe.
 */
final class DocumentFiles {
    /** How many digits of a version say which content it is; the attempt stands behind them. */
    static final int CONTENT_DIGITS = 32;

    private static final String FOLDER = "documents";
    private static final int DOCUMENT_SEGMENT = 3;

    private final ArtifactStore artifacts;
    private final Caller caller;

    DocumentFiles(ArtifactStore artifacts, Caller caller) {
        this.artifacts = artifacts;
        this.caller = caller;
    }

    /** Of which document and content a file is. */
    record Place(String document, String content) {}

    /** All that is kept of this caller's documents. */
    List<StoredArtifact> list() {
        return artifacts.list(ArtifactKey.of(caller).resolve(FOLDER));
    }

    /** Whose a file of {@link #list()} is. */
    static Place place(ArtifactKey file) {
        String[] segments = file.value().split("/", -1);
        return new Place(segments[DOCUMENT_SEGMENT], segments[DOCUMENT_SEGMENT + 1]);
    }

    private ArtifactKey folder(String document) {
        return ArtifactKey.of(caller).resolve(FOLDER + "/" + document);
    }

    private ArtifactKey folder(String document, String version) {
        return folder(document).resolve(content(version));
    }

    /** What a version is named by that is the same in every attempt to bring a content in. */
    static String content(String version) {
        return version.substring(0, Math.min(version.length(), CONTENT_DIGITS));
    }

    private ArtifactKey original(String document, String version) {
        return folder(document, version).resolve("original");
    }

    private ArtifactKey text(String document, String version) {
        return folder(document, version).resolve("text");
    }

    void keepOriginal(String document, String version, Path file) {
        keep(original(document, version), file);
    }

    void keepText(String document, String version, Path file) {
        keep(text(document, version), file);
    }

    private void keep(ArtifactKey key, Path file) {
        if (artifacts instanceof SupportsLocalPath local) {
            touch(file);
            local.adopt(key, file);
            return;
        }
        try (InputStream content = Files.newInputStream(file)) {
            artifacts.put(key, content);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** It may have been copied long ago, and is not to be taken for what a crash left over. */
    private static void touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    boolean hasOriginal(String document, String version) {
        return artifacts.find(original(document, version)).isPresent();
    }

    /**
     * The file that was kept, on this machine.
     *
     * @param scratch where it is copied to if it lies elsewhere
     */
    Path original(String document, String version, Path scratch) {
        return local(original(document, version), scratch);
    }

    /** The text that was kept, as {@link #original(String, String, Path)}. */
    Path text(String document, String version, Path scratch) {
        return local(text(document, version), scratch);
    }

    private Path local(ArtifactKey key, Path scratch) {
        if (artifacts instanceof SupportsLocalPath local) {
            return local.localPath(key);
        }
        try (InputStream content = artifacts.open(key)) {
            Files.copy(content, scratch);
            return scratch;
        } catch (IOException e) {
            throw failure(scratch, e);
        }
    }

    /** Removes what belongs to one version of a document. */
    void delete(String document, String version) {
        artifacts.deleteAll(folder(document, version));
    }

    /** Removes all that belongs to a document. */
    void delete(String document) {
        artifacts.deleteAll(folder(document));
    }

    /**
     * Copies a file, so that it can't change any more while it is read.
     *
     * @return the SHA-256 of the copy
     * @throws StudioException FILE_NOT_FOUND, FILE_NOT_READABLE, LIMIT_EXCEEDED when it has more bytes than allowed, or
     *     CANCELLED
     */
    static String copy(Path file, Path copy, long maxBytes, Cancellation cancellation) {
        if (Files.isDirectory(file)) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_READABLE,
                    StudioException.quote(file) + " is a folder",
                    "Give the files in it one by one");
        }
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest);
                OutputStream out = Files.newOutputStream(copy)) {
            byte[] buffer = new byte[1 << 16];
            long left = maxBytes;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                cancellation.throwIfCancelled();
                left -= n;
                if (left < 0) {
                    throw tooLarge(file, maxBytes);
                }
                out.write(buffer, 0, n);
            }
        } catch (NoSuchFileException e) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_FOUND,
                    "There is no file " + StudioException.quote(file),
                    "Check the path; a relative one begins at the working directory",
                    e);
        } catch (IOException e) {
            throw failure(file, e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static StudioException tooLarge(Path file, long maxBytes) {
        return new StudioException(
                ErrorCode.LIMIT_EXCEEDED,
                StudioException.quote(file) + " has more than " + maxBytes + " bytes",
                "Give it in parts, or raise the limit");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static StudioException failure(Path file, IOException e) {
        return new StudioException(
                ErrorCode.FILE_NOT_READABLE,
                StudioException.quote(file) + " could not be copied: "
                        + StudioException.quote(String.valueOf(e.getMessage())),
                "Check its rights and the room on the disk",
                e);
    }

    /** Removes a folder of half-done work with the files in it. */
    static void remove(Path scratch) {
        try (var files = Files.list(scratch)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(scratch);
        } catch (IOException e) {
            throw new UncheckedIOException("Half-done files could not be removed from " + scratch, e);
        }
    }
}
