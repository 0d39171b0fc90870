package dev.datastudio.core.source.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The folders in which files of databases may lie. Immutable. */
public final class FileRoots {
    private final List<Path> roots;

    /** @param roots may be empty, so that no file can be opened */
    public FileRoots(List<Path> roots) {
        this.roots =
                roots.stream().map(root -> root.toAbsolutePath().normalize()).toList();
    }

    /**
     * A file in one of the folders, with links followed, so that none leads out of them.
     *
     * @param path absolute, or relative to one of the folders
     * @throws StudioException PATH_REFUSED when it lies elsewhere, also when nothing is there: what exists outside is
     *     not told; FILE_NOT_FOUND when it would be allowed but is not there
     */
    Path require(String path) {
        Path wanted = parse(path);
        boolean inside = false;
        for (Path root : roots) {
            Path file = root.resolve(wanted).normalize();
            if (file.startsWith(root)) {
                inside = true;
                Path real = real(file);
                if (real != null) {
                    return requireWithin(path, root, real);
                }
            }
        }
        if (inside) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_FOUND,
                    "The file " + StudioException.quote(path) + " is not there",
                    "Put it into one of the folders that are allowed for files of databases");
        }
        throw refused(path);
    }

    private static Path parse(String path) {
        Path parsed;
        try {
            parsed = Path.of(path);
        } catch (InvalidPathException e) {
            throw refused(path);
        }
        for (Path part : parsed) {
            if (part.toString().equals("..")) {
                throw refused(path);
            }
        }
        return parsed;
    }

    private static Path requireWithin(String path, Path root, Path real) {
        Path realRoot = real(root);
        if (realRoot == null || !real.startsWith(realRoot) || real.toString().matches(".*[;?&#%*\\p{Cntrl}].*")) {
            throw refused(path);
        }
        if (!Files.isRegularFile(real)) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_READABLE,
                    "The path " + StudioException.quote(path) + " is not a regular file",
                    "Name the file of the database");
        }
        return real;
    }

    private static @Nullable Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return null; // is not there, or may not be looked at
        }
    }

    private static StudioException refused(String path) {
        return new StudioException(
                ErrorCode.PATH_REFUSED,
                "The file " + StudioException.quote(path) + " does not lie in a folder that is allowed",
                "Move it into a folder that the program allows for files of databases, or have that folder allowed");
    }
}
