package dev.datastudio.testkit.server;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Folders for programs that stay for the next process. */
final class OwnFolder {
    /** Everything for the user, nothing for others. */
    static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rwx------");

    private OwnFolder() {}

    /** A folder below the temporary one that nobody else can have put programs into, although its name can be guessed. */
    static Path named(String name) throws IOException {
        String user = System.getProperty("user.name");
        Path folder = Path.of(System.getProperty("java.io.tmpdir")).resolve(name + "-" + user);
        try {
            return Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWN));
        } catch (FileAlreadyExistsException e) {
            boolean own = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(folder).getName().equals(user)
                    && Files.getPosixFilePermissions(folder).equals(OWN);
            if (!own) {
                throw new IOException(folder + " belongs to somebody else or is open to others; remove it", e);
            }
            return folder;
        }
    }
}
