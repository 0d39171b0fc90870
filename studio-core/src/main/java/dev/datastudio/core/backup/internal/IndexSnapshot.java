package dev.datastudio.core.backup.internal;

import dev.datastudio.core.workspace.internal.Folders;
import dev.datastudio.core.workspace.internal.PrivateFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files of a search index, those of each folder as they were at one moment. An index removes files that its next
 * state does without, so copies that are made one after the other may not fit together. Its files are never changed
 * once they are whole: a second link to each holds them, in a moment and without their bytes, and a folder that lost or
 * gained a file meanwhile is looked at again. Not thread-safe.
 */
final class IndexSnapshot implements AutoCloseable {
    private static final int MAX_TRIES = 20;

    private final Path held;
    private final List<Held> files = new ArrayList<>();
    private final List<Path> unsettled = new ArrayList<>();

    private IndexSnapshot(Path held) {
        this.held = held;
    }

    /** A file, and where it is held. */
    record Held(Path original, Path file) {}

    /**
     * Holds the files below a folder.
     *
     * @param held a folder on the same file system that is not there yet
     */
    static IndexSnapshot of(Path folder, Path held) throws IOException {
        IndexSnapshot snapshot = new IndexSnapshot(held);
        boolean done = false;
        try {
            for (Path each : folders(folder)) {
                snapshot.hold(each, held.resolve(folder.relativize(each).toString()));
            }
            done = true;
            return snapshot;
        } finally {
            if (!done) {
                snapshot.close();
            }
        }
    }

    private static List<Path> folders(Path folder) throws IOException {
        List<Path> folders = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
                folders.add(each);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, IOException failure) throws IOException {
                if (failure == null || failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        return folders;
    }

    private void hold(Path folder, Path into) throws IOException {
        List<Held> links = new ArrayList<>();
        boolean isSettled = false;
        for (int tries = 0; tries < MAX_TRIES && !isSettled; tries++) {
            links.clear();
            Path target = into.resolve("try" + tries + ".part");
            PrivateFiles.createFolders(target);
            Set<String> before = names(folder);
            for (String name : before) {
                link(folder.resolve(name), target.resolve(name), links);
            }
            isSettled = links.size() == before.size() && names(folder).equals(before);
        }
        files.addAll(links);
        if (!isSettled) {
            unsettled.add(folder);
        }
    }

    private static void link(Path file, Path link, List<Held> links) throws IOException {
        try {
            Files.createLink(link, file);
            links.add(new Held(file, link));
        } catch (NoSuchFileException e) {
            return; // the names differ then, and it is tried again
        } catch (FileSystemException | UnsupportedOperationException e) { // one that has no links
            copy(file, link, links);
        }
    }

    private static void copy(Path file, Path copy, List<Held> links) throws IOException {
        try {
            Files.copy(file, copy);
            links.add(new Held(file, copy));
        } catch (NoSuchFileException e) {
            return; // as above
        }
    }

    private static Set<String> names(Path folder) throws IOException {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
        } catch (NoSuchFileException e) {
            return names; // removed with all that was in it
        }
        return names;
    }

    List<Held> files() {
        return List.copyOf(files);
    }

    /** Folders that changed all the time, of which the files may not fit together. */
    List<Path> unsettled() {
        return List.copyOf(unsettled);
    }

    @Override
    public void close() {
        Folders.deleteQuietly(held);
    }
}
