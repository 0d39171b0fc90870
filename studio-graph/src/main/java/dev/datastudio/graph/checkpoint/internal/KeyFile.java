package dev.datastudio.graph.checkpoint.internal;

import dev.datastudio.api.checkpoint.CheckpointKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Optional;

/** The file beside a database that holds the key of its entries; only its owner may read it. Immutable. */
final class KeyFile {
    private final Path file;
    private final SqliteFailures failures;

    KeyFile(Path database, SqliteFailures failures) {
        this.file = database.resolveSibling(database.getFileName() + ".key");
        this.failures = failures;
    }

    Path path() {
        return file;
    }

    boolean exists() {
        return Files.exists(file);
    }

    Optional<CheckpointKey> read() throws IOException {
        if (!exists()) {
            return Optional.empty();
        }
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length != CheckpointKey.MIN_BYTES) {
            throw failures.keyDamaged(file, bytes.length);
        }
        return Optional.of(CheckpointKey.of(bytes));
    }

    /** Makes a new key. It is renamed into place whole, and on the disk before anything is written with it. */
    CheckpointKey make() throws IOException {
        byte[] bytes = new byte[CheckpointKey.MIN_BYTES];
        new SecureRandom().nextBytes(bytes);
        Path half = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(half);
        try (FileChannel channel = FileChannel.open(
                half, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(half))) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        syncFolder();
        return CheckpointKey.of(bytes);
    }

    private void syncFolder() throws IOException {
        Path folder = file.getParent();
        if (folder != null && isPosix(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Makes an empty file that only its owner may read. */
    static void createPrivate(Path file) throws IOException {
        Files.createFile(file, ownerOnly(file));
    }

    private static FileAttribute<?>[] ownerOnly(Path near) {
        return isPosix(near)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
