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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Copies what belongs to an answer into a folder that the user named, with the manifest {@code results.json}. */
final class OutFolder {
    private final Studio studio;
    private final Path folder;

    OutFolder(Studio studio, Path folder) {
        this.studio = studio;
        this.folder = folder;
    }

    /** The answer with its files in the folder. */
    Answer copy(Answer answer) {
        try {
            Files.createDirectories(folder);
            Answer copied = answer.mapSteps(this::copyStep);
            write("results.json", AnswerJson.writePretty(copied).getBytes(StandardCharsets.UTF_8));
            return copied;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private AnswerStep copyStep(AnswerStep step) {
        List<AnswerArtifact> copies = new ArrayList<>();
        for (AnswerArtifact artifact : step.artifacts()) {
            try (InputStream in = studio.artifacts().open(new ArtifactKey(artifact.key()))) {
                Path path = write(withinUpload(artifact.key()), in.readAllBytes());
                copies.add(new AnswerArtifact(artifact.type(), artifact.label(), artifact.key(), path.toString()));
            } catch (IOException e) {
                throw failed(e);
            }
        }
        return step.withArtifacts(copies);
    }

    /** {@code TENANT/USER/uploads/UPLOAD/dist_plots/sales.png} gives {@code dist_plots/sales.png}. */
    private static String withinUpload(String key) {
        return key.split("/", 5)[4];
    }

    private Path write(String name, byte[] bytes) throws IOException {
        Path target = folder.resolve(name);
        Files.createDirectories(target.getParent());
        Path temporary = Files.createTempFile(target.getParent(), ".studio-", ".tmp");
        try {
            Files.write(temporary, bytes);
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        return target;
    }

    private StudioException failed(IOException e) {
        return new StudioException(
                ErrorCode.STORAGE_NOT_WRITABLE,
                "The answer could not be copied into " + StudioException.quote(folder) + ": "
                        + e.getClass().getSimpleName() + " " + e.getMessage(),
                "Name a folder with --out that you may write to and that has room",
                e);
    }
}
