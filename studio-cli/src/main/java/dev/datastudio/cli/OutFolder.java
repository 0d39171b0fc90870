package dev.datastudio.cli;

import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerArtifact;
import dev.datastudio.agents.ask.AnswerJson;
import dev.datastudio.agents.ask.AnswerStep;
import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Copies what belongs to an answer into a folder that the user named, with the manifest {@code results.json}. Either all
 * of it comes there, or nothing does.
 */
final class OutFolder {
    private final Studio studio;
    private final Path folder;

    OutFolder(Studio studio, Path folder) {
        this.studio = studio;
        this.folder = folder;
    }

    /** The answer with its files in the folder. */
    Answer copy(Answer answer) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The name " + StudioException.quote(folder) + " given with --out is that of a file",
                    "Name a folder; it is made when it is not there");
        }
        Map<Path, Path> written = new LinkedHashMap<>();
        List<Path> madeFolders = new ArrayList<>();
        try {
            Answer copied = answer.mapSteps(step -> copyStep(step, written, madeFolders));
            byte[] manifest = AnswerJson.writePretty(copied).getBytes(StandardCharsets.UTF_8);
            write("results.json", manifest, written, madeFolders);
            for (Map.Entry<Path, Path> file : written.entrySet()) {
                Files.move(
                        file.getValue(),
                        file.getKey(),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.ATOMIC_MOVE);
            }
            return copied;
        } catch (IOException e) {
            takeBack(written, madeFolders, e);
            throw failed(e);
        } catch (UncheckedIOException e) {
            takeBack(written, madeFolders, e);
            throw failed(Objects.requireNonNull(e.getCause()));
        } catch (StudioException e) {
            takeBack(written, madeFolders, e);
            throw e;
        }
    }

    private AnswerStep copyStep(AnswerStep step, Map<Path, Path> written, List<Path> madeFolders) {
        List<AnswerArtifact> copies = new ArrayList<>();
        for (AnswerArtifact artifact : step.artifacts()) {
            try (InputStream in = studio.artifacts().open(new ArtifactKey(artifact.key()))) {
                Path path = write(withinUpload(artifact.key()), in.readAllBytes(), written, madeFolders);
                copies.add(new AnswerArtifact(artifact.type(), artifact.label(), artifact.key(), path.toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return step.withArtifacts(copies);
    }

    /** {@code TENANT/USER/uploads/UPLOAD/dist_plots/sales.png} gives {@code dist_plots/sales.png}. */
    private static String withinUpload(String key) {
        return key.split("/", 5)[4];
    }

    /** Writes a file beside its place, to be renamed when all are written. */
    private Path write(String name, byte[] bytes, Map<Path, Path> written, List<Path> madeFolders) throws IOException {
        Path target = folder.resolve(name);
        makeFolder(target.toAbsolutePath().getParent(), madeFolders);
        Path temporary = target.resolveSibling(".studio-" + UUID.randomUUID() + ".tmp");
        if (written.containsKey(target)) {
            return target; // two steps show the same
        }
        written.put(target, temporary);
        Files.write(temporary, bytes, StandardOpenOption.CREATE_NEW);
        return target;
    }

    private static void makeFolder(@Nullable Path wanted, List<Path> madeFolders) throws IOException {
        if (wanted != null && !Files.isDirectory(wanted)) {
            makeFolder(wanted.getParent(), madeFolders);
            Files.createDirectory(wanted);
            madeFolders.add(wanted);
        }
    }

    /** Removes what was written apart and the folders made for it, as far as they are empty. */
    private static void takeBack(Map<Path, Path> written, List<Path> madeFolders, Exception reason) {
        List<Path> leftovers = new ArrayList<>(written.values());
        for (int i = madeFolders.size() - 1; i >= 0; i--) {
            leftovers.add(madeFolders.get(i));
        }
        for (Path leftover : leftovers) {
            try {
                Files.deleteIfExists(leftover);
            } catch (IOException e) {
                reason.addSuppressed(e);
            }
        }
    }

    private StudioException failed(IOException e) {
        boolean full = String.valueOf(e.getMessage()).contains("No space left");
        return new StudioException(
                full ? ErrorCode.STORAGE_FULL : ErrorCode.STORAGE_NOT_WRITABLE,
                "The answer could not be copied into " + StudioException.quote(folder)
                        + (full ? ": the disk is full" : ": " + e.getClass().getSimpleName() + " " + e.getMessage()),
                "Name a folder with --out that you may write to and that has room",
                e);
    }
}
