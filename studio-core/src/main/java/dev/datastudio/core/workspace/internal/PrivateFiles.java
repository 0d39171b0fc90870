package dev.datastudio.core.workspace.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders that only their owner may read and write, where the file system knows owners. */
public final class PrivateFiles {
    private static final FileAttribute<?>[] NO_ATTRIBUTES = {};

    private PrivateFiles() {}

    /** The attribute to create a file with: mode 0600; empty where there are no POSIX permissions. */
    public static FileAttribute<?>[] fileAttributes(Path near) {
        return attributes(near, "rw-------");
    }

    /** Makes an empty file; one that is there already stays as it is. */
    public static void createFile(Path file) throws IOException {
        try {
            Files.createFile(file, fileAttributes(file));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isRegularFile(file)) {
                throw e;
            }
        }
    }

    /** Makes a folder of mode 0700 and its missing parents; existing ones stay as they are. */
    public static void createFolders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, attributes(folder, "rwx------"));
        }
    }

    /** Has the operating system write what it holds of a file or, where it can, of a folder's entries. */
    public static void sync(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            if (isPosix(path)) {
                force(path, StandardOpenOption.READ);
            }
        } else {
            force(path, StandardOpenOption.WRITE);
        }
    }

    private static void force(Path path, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option, LinkOption.NOFOLLOW_LINKS)) {
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] attributes(Path near, String permissions) {
        if (!isPosix(near)) {
            return NO_ATTRIBUTES;
        }
        Set<PosixFilePermission> set = PosixFilePermissions.fromString(permissions);
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(set)};
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
