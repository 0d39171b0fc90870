package dev.datastudio.core.artifact;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.artifact.StoredArtifact;
import dev.datastudio.api.artifact.SupportsLocalPath;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.workspace.Workspace;
import dev.datastudio.core.workspace.internal.PrivateFiles;
import dev.datastudio.core.workspace.internal.StorageErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Artifacts as files beneath one folder. Thread-safe, and several processes may use one folder.
 *
 * <p>New content is written apart, synced to the disk and renamed into place. Links inside the folder are never
 * followed, and a name that the file system takes for another one (letter case) is refused.
 */
public final class FileArtifactStore implements SupportsLocalPath {
    private static final Logger log = LoggerFactory.getLogger(FileArtifactStore.class);
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int MAX_TRIES = 20;

    private final KeyFolder keys;
    private final Supplier<Path> temporaryFolder;

    private FileArtifactStore(Path root, Supplier<Path> temporaryFolder) {
        this.keys = new KeyFolder(root, null);
        this.temporaryFolder = temporaryFolder;
    }

    /** The store of a workspace; usable until the workspace is closed. */
    public static FileArtifactStore in(Workspace workspace) {
        return new FileArtifactStore(workspace.tenants(), workspace::temporaryFolder);
    }

    /**
     * A store in any folder.
     *
     * @param folder made when it is first needed
     * @param temporary an existing folder on the same file system, for half-written files
     */
    public static FileArtifactStore at(Path folder, Path temporary) {
        Path half = temporary.toAbsolutePath().normalize();
        return new FileArtifactStore(folder.toAbsolutePath().normalize(), () -> half);
    }

    @Override
    public StoredArtifact put(ArtifactKey key, InputStream content) {
        Objects.requireNonNull(content, "content");
        Path half = temporaryFolder.get().resolve(UUID.randomUUID() + ".part");
        try {
            write(half, key, content);
            return moveIn(key, half);
        } finally {
            deleteHalf(half);
        }
    }

    @Override
    public StoredArtifact adopt(ArtifactKey key, Path file) {
        try {
            PrivateFiles.sync(file);
            return moveIn(key, file);
        } catch (NoSuchFileException e) {
            throw StorageErrors.failed("The file " + StudioException.quote(file) + " is not there", e);
        } catch (IOException e) {
            throw StorageErrors.writing(cannotStore(key), file, e);
        }
    }

    private static void write(Path half, ArtifactKey key, InputStream content) {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(half, options, PrivateFiles.fileAttributes(half));
                OutputStream out = Channels.newOutputStream(channel)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = read(content, key, buffer); read >= 0; read = read(content, key, buffer)) {
                out.write(buffer, 0, read);
            }
            channel.force(true);
        } catch (IOException e) {
            throw StorageErrors.writing(cannotStore(key), half, e);
        }
    }

    private static int read(InputStream content, ArtifactKey key, byte[] buffer) {
        try {
            return content.read(buffer);
        } catch (IOException e) {
            throw StorageErrors.failed(cannotStore(key) + ", its content could not be read", e);
        }
    }

    /** Another thread may remove an empty folder between its making and the move into it: then both are done again. */
    private StoredArtifact moveIn(ArtifactKey key, Path file) {
        Path target = keys.path(key);
        for (int tries = 1; ; tries++) {
            try {
                keys.requireOwnPath(key);
                keys.makeFolders(key);
                if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                    throw KeyFolder.invalid(key, "is a folder of artifacts");
                }
                move(file, target);
                PrivateFiles.sync(keys.parent(target));
                return describe(key, target);
            } catch (NoSuchFileException e) {
                if (tries == MAX_TRIES || !Files.exists(file)) {
                    throw StorageErrors.writing(cannotStore(key), target, e);
                }
            } catch (FileAlreadyExistsException | NotDirectoryException e) {
                throw KeyFolder.invalid(key, "lies beneath another artifact");
            } catch (IOException e) {
                throw StorageErrors.writing(cannotStore(key), target, e);
            }
        }
    }

    private void move(Path file, Path target) throws IOException {
        try {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Path half = temporaryFolder.get().resolve(UUID.randomUUID() + ".part");
            try {
                Files.copy(file, half);
                PrivateFiles.sync(half);
                Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                deleteHalf(half);
            }
            Files.delete(file);
        }
    }

    @Override
    public InputStream open(ArtifactKey key) {
        Path file = keys.path(key);
        try {
            keys.requireOwnPath(key);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw notFound(key);
            }
            return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw notFound(key);
        } catch (IOException e) {
            throw StorageErrors.failed("The artifact " + StudioException.quote(key) + " could not be opened", e);
        }
    }

    @Override
    public Path localPath(ArtifactKey key) {
        if (find(key).isEmpty()) {
            throw notFound(key);
        }
        return keys.path(key);
    }

    @Override
    public Optional<StoredArtifact> find(ArtifactKey key) {
        Path file = keys.path(key);
        try {
            keys.requireOwnPath(key);
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    ? Optional.of(describe(key, file))
                    : Optional.empty();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw StorageErrors.failed("The artifact " + StudioException.quote(key) + " could not be looked at", e);
        }
    }

    @Override
    public List<StoredArtifact> list(ArtifactKey folder) {
        Path start = keys.path(folder);
        List<StoredArtifact> found = new ArrayList<>();
        try {
            keys.requireOwnPath(folder);
            collect(start, found);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw StorageErrors.failed("The artifacts of " + StudioException.quote(folder) + " could not be listed", e);
        }
        found.sort(Comparator.comparing(StoredArtifact::key));
        return Collections.unmodifiableList(found);
    }

    /** What vanishes meanwhile is left out, as are links and names that are no keys. */
    private void collect(Path path, List<StoredArtifact> found) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isDirectory()) {
            for (Path child : children(path)) {
                try {
                    collect(child, found);
                } catch (NoSuchFileException e) {
                    log.debug("{} vanished while it was listed", child);
                }
            }
        } else if (attributes.isRegularFile()) {
            try {
                found.add(describe(keys.key(path), attributes));
            } catch (StudioException e) {
                log.warn("{} is no artifact: {}", path, e.what());
            }
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    @Override
    public boolean delete(ArtifactKey key) {
        if (find(key).isEmpty()) {
            return false;
        }
        Path file = keys.path(key);
        try {
            boolean deleted = Files.deleteIfExists(file);
            keys.removeEmptyFolders(keys.parent(file));
            return deleted;
        } catch (IOException e) {
            throw StorageErrors.writing(
                    "The artifact " + StudioException.quote(key) + " could not be deleted", file, e);
        }
    }

    @Override
    public int deleteAll(ArtifactKey folder) {
        int deleted = 0;
        for (StoredArtifact artifact : list(folder)) {
            if (delete(artifact.key())) {
                deleted++;
            }
        }
        return deleted;
    }

    private static StoredArtifact describe(ArtifactKey key, Path file) throws IOException {
        return describe(key, Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    }

    private static StoredArtifact describe(ArtifactKey key, BasicFileAttributes attributes) {
        return new StoredArtifact(
                key, attributes.size(), attributes.lastModifiedTime().toInstant());
    }

    private static void deleteHalf(Path half) {
        try {
            Files.deleteIfExists(half);
        } catch (IOException e) {
            log.warn("{} could not be removed: {}", half, e.toString());
        }
    }

    private static String cannotStore(ArtifactKey key) {
        return "The artifact " + StudioException.quote(key) + " could not be stored";
    }

    private static StudioException notFound(ArtifactKey key) {
        return new StudioException(
                ErrorCode.ARTIFACT_NOT_FOUND,
                "There is no artifact " + StudioException.quote(key),
                "List the artifacts of its folder, or ask the question again to have it made anew");
    }
}
