package dev.datastudio.core.query.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * A folder whose files nobody but this user can have written or replaced. Code is loaded from it, so the folder, its
 * files and every folder above are checked; root counts as this user, and so does a folder with the sticky bit.
 */
final class PrivateFolder {
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    private static final int STICKY = 01000;

    private final Path path;
    private final UserPrincipal user;

    private PrivateFolder(Path path, UserPrincipal user) {
        this.path = path;
        this.user = user;
    }

    /**
     * Makes the folder when it isn't there.
     *
     * @throws IOException when it can't be made, or others could change what is in it
     */
    static PrivateFolder open(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path real = folder.toRealPath();
        UserPrincipal user = real.getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(System.getProperty("user.name"));
        PrivateFolder opened = new PrivateFolder(real, user);
        opened.requireOwn(real);
        for (Path above = real.getParent(); above != null; above = above.getParent()) {
            opened.requireSafe(above);
        }
        return opened;
    }

    /** Where it is, without links. */
    Path path() {
        return path;
    }

    /**
     * Copies a file in when it isn't there yet, whole or not at all.
     *
     * @param crc the CRC-32 of its content
     */
    void keep(String name, URL source, long size, long crc) throws IOException {
        Path file = path.resolve(name);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            copy(source, file, crc);
        }
        requireOwn(file);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) != size) {
            throw new IOException("'" + file + "' is not the copy that was made; remove it");
        }
    }

    private void copy(URL source, Path file, long crc) throws IOException {
        Path partial = Files.createTempFile(path, "partial", "");
        try {
            try (InputStream in = source.openStream();
                    CheckedInputStream checked = new CheckedInputStream(in, new CRC32())) {
                Files.copy(checked, partial, StandardCopyOption.REPLACE_EXISTING);
                if (checked.getChecksum().getValue() != crc) {
                    throw new IOException("the library in the driver's jar is damaged");
                }
            }
            Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwx------"));
            try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private void requireOwn(Path own) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(own, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.owner().equals(user) || mayOthersWrite(attributes)) {
            throw new IOException("'" + own + "' must belong to " + user.getName() + " and be writable by no one else");
        }
    }

    private void requireSafe(Path above) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(above, PosixFileAttributes.class);
        int mode = (Integer) Files.getAttribute(above, "unix:mode");
        boolean ownerIsTrusted =
                attributes.owner().equals(user) || (Integer) Files.getAttribute(above, "unix:uid") == 0;
        if (!ownerIsTrusted || (mayOthersWrite(attributes) && (mode & STICKY) == 0)) {
            throw new IOException("'" + above + "' can be changed by others than " + user.getName());
        }
    }

    private static boolean mayOthersWrite(PosixFileAttributes attributes) {
        return attributes.permissions().stream().anyMatch(OTHERS_WRITE::contains);
    }
}
