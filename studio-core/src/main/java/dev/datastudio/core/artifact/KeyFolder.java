package dev.datastudio.core.artifact;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.workspace.internal.PrivateFiles;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder whose paths are artifact keys, and the rule that each key has a path of its own: no link on the way, and
 * no other key that the file system takes for the same name. Thread-safe.
 */
final class KeyFolder {
    private final Path root;
    private volatile @Nullable LetterCase letterCase;

    /** What the file system makes of names that differ in letter case only. */
    enum LetterCase {
        DIFFERENT_FILES,
        SAME_FILE
    }

    /** @param letterCase null to find out when it first matters */
    KeyFolder(Path root, @Nullable LetterCase letterCase) {
        this.root = root;
        this.letterCase = letterCase;
    }

    Path path(ArtifactKey key) {
        return root.resolve(key.value());
    }

    Path parent(Path path) {
        return Objects.requireNonNull(path.getParent(), "keys lie beneath a folder");
    }

    ArtifactKey key(Path path) {
        List<String> segments = new ArrayList<>();
        root.relativize(path).forEach(segment -> segments.add(segment.toString()));
        return new ArtifactKey(String.join("/", segments));
    }

    /**
     * Walks from the root to the path of a key as far as it exists.
     *
     * @throws StudioException with code ARTIFACT_KEY_INVALID at a link or at a name in another letter case
     */
    void requireOwnPath(ArtifactKey key) throws IOException {
        Path folder = root;
        for (Path segment : root.relativize(path(key))) {
            Path next = folder.resolve(segment);
            if (Files.isSymbolicLink(next)) {
                throw invalid(key, "leads through a link, which is never followed");
            }
            if (foldsCase(next)) {
                requireOwnCase(key, folder, segment.toString());
            }
            if (!Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            folder = next;
        }
    }

    /** Makes the folders that lead to the file of a key, after {@link #requireOwnPath}. */
    void makeFolders(ArtifactKey key) throws IOException {
        PrivateFiles.createFolders(parent(path(key)));
        requireOwnPath(key);
    }

    /** Removes the folders that a deleted file leaves empty. */
    void removeEmptyFolders(Path from) throws IOException {
        try {
            for (Path folder = from; !folder.equals(root); folder = parent(folder)) {
                Files.deleteIfExists(folder);
            }
        } catch (DirectoryNotEmptyException e) {
            return; // someone else's files are in it
        }
    }

    private static void requireOwnCase(ArtifactKey key, Path folder, String name) throws IOException {
        try (Stream<Path> siblings = Files.list(folder)) {
            boolean taken = siblings.map(sibling -> String.valueOf(sibling.getFileName()))
                    .anyMatch(other -> other.equalsIgnoreCase(name) && !other.equals(name));
            if (taken) {
                throw invalid(key, "differs in letter case only from a name that is there");
            }
        } catch (NoSuchFileException e) {
            return; // nothing there, nothing to mix up
        }
    }

    /** Asks the file system about one existing name and remembers the answer. */
    private boolean foldsCase(Path path) throws IOException {
        LetterCase known = letterCase;
        if (known == null) {
            String name = String.valueOf(path.getFileName());
            String other = name.equals(name.toLowerCase(Locale.ROOT))
                    ? name.toUpperCase(Locale.ROOT)
                    : name.toLowerCase(Locale.ROOT);
            Path twin = path.resolveSibling(other);
            if (other.equals(name) || !(Files.exists(path) || Files.exists(twin))) {
                return false; // says nothing about the file system: ask again with another name
            }
            known = Files.exists(path) && Files.exists(twin) && Files.isSameFile(path, twin)
                    ? LetterCase.SAME_FILE
                    : LetterCase.DIFFERENT_FILES;
            letterCase = known;
        }
        return known == LetterCase.SAME_FILE;
    }

    static StudioException invalid(ArtifactKey key, String why) {
        return new StudioException(
                ErrorCode.ARTIFACT_KEY_INVALID,
                "The artifact name " + StudioException.quote(key) + " " + why,
                "Use another name");
    }
}
