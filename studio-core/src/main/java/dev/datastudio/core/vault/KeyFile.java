package dev.datastudio.core.vault;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.workspace.internal.PrivateFiles;
import dev.datastudio.core.workspace.internal.StorageErrors;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The file of a vault's keys: a line that names the format, then one key a line, the newest first. Only its owner may
 * read it. It is replaced as a whole, by one process at a time; readers see the old or the new.
 */
final class KeyFile {
    private static final String HEADER = "studio-vault-keys 1";
    private static final long MAX_BYTES = 100_000;
    /** File locks hold between processes only; threads of this one wait here. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path file;

    KeyFile(Path file) {
        this.file = file.toAbsolutePath().normalize();
    }

    /** The keys; empty when there is no file. */
    Optional<KeyRing> read() {
        try {
            requirePrivate();
            if (Files.size(file) > MAX_BYTES) {
                throw damaged("is too long for a key file", null);
            }
            return Optional.of(parse(Files.readString(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw StorageErrors.failed("The key file " + StudioException.quote(file) + " could not be read", e);
        }
    }

    /** The keys, after a new one was made when there was no file. */
    KeyRing readOrCreate() {
        Optional<KeyRing> found = read();
        return found.isPresent() ? found.get() : change(keys -> keys.isEmpty() ? List.of(VaultKey.generate()) : keys);
    }

    /** The keys, after a new one was put first. */
    KeyRing addKey() {
        return change(keys -> {
            List<VaultKey> all = new ArrayList<>();
            all.add(VaultKey.generate());
            all.addAll(keys);
            return all;
        });
    }

    private KeyRing change(UnaryOperator<List<VaultKey>> change) {
        Path lock = sibling(".lock");
        IN_THIS_PROCESS.lock();
        try {
            PrivateFiles.createFile(lock);
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                List<VaultKey> before =
                        held.isValid() ? read().map(KeyRing::keys).orElse(List.of()) : List.of();
                List<VaultKey> after = change.apply(before);
                if (!after.equals(before)) {
                    write(after);
                }
                return new KeyRing(after);
            }
        } catch (IOException e) {
            throw StorageErrors.writing(
                    "The key file " + StudioException.quote(file) + " could not be written", file, e);
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    /** What a process left half-written when it ended is replaced: only the holder of the lock writes it. */
    private void write(List<VaultKey> keys) throws IOException {
        Path half = sibling(".part");
        Files.deleteIfExists(half);
        PrivateFiles.createFile(half);
        Files.writeString(half, format(keys), StandardOpenOption.WRITE);
        PrivateFiles.sync(half);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path folder = file.getParent();
        if (folder != null) {
            PrivateFiles.sync(folder);
        }
    }

    private static String format(List<VaultKey> keys) {
        StringBuilder text = new StringBuilder(HEADER + "\n");
        keys.forEach(
                key -> text.append(key.id()).append(' ').append(key.encoded()).append('\n'));
        return text.toString();
    }

    private KeyRing parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() < 2 || !lines.get(0).equals(HEADER)) {
            throw damaged("does not begin with '" + HEADER + "' and a key", null);
        }
        List<VaultKey> keys = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            keys.add(key(lines.get(i), i + 1));
        }
        return new KeyRing(keys);
    }

    private VaultKey key(String line, int number) {
        try {
            int space = line.indexOf(' ');
            VaultKey key = VaultKey.parse(line.substring(space + 1));
            if (space > 0 && key.id().equals(line.substring(0, space))) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            throw damaged("has a broken key in line " + number, e);
        }
        throw damaged("has a key in line " + number + " that is not the one it is named", null);
    }

    /** A key that others could read is no secret; making the file private again would only hide that. */
    private void requirePrivate() throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (!OWNER_ONLY.containsAll(permissions)) {
            throw new StudioException(
                    ErrorCode.SECRET_UNREADABLE,
                    "The key file " + StudioException.quote(file) + " may be used by others than its owner ("
                            + PosixFilePermissions.toString(permissions) + ")",
                    "Run chmod 600 on it and, if somebody may have read it, rotate the key and change the secrets");
        }
    }

    private StudioException damaged(String why, @Nullable Throwable cause) {
        return new StudioException(
                ErrorCode.SECRET_UNREADABLE,
                "The key file " + StudioException.quote(file) + " " + why,
                "Restore it from a backup; or move it away, and enter the secrets again",
                cause);
    }

    private Path sibling(String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
