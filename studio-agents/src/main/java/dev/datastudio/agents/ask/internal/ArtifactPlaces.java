package dev.datastudio.agents.ask.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerArtifact;
import dev.datastudio.agents.ask.AnswerStep;
import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.artifact.ArtifactStore;
import dev.datastudio.api.artifact.SupportsLocalPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the files of an answer lie. Thread-safe. */
final class ArtifactPlaces {
    private static final long MAX_KNOWN = 10_000;

    /** For so long a file that was there is taken to be there still. */
    private static final Duration SEEN = Duration.ofSeconds(1);

    private final ArtifactStore store;
    /** Paths by key, so that an answer from the cache costs no look into the store. */
    private final Cache<String, String> known =
            Caffeine.newBuilder().maximumSize(MAX_KNOWN).build();

    /** Answers whose files were seen to be there a moment ago, by their ids: a repeat asks no file system. */
    private final Cache<String, Answer> whole =
            Caffeine.newBuilder().maximumSize(MAX_KNOWN).expireAfterWrite(SEEN).build();

    ArtifactPlaces(ArtifactStore store) {
        this.store = store;
    }

    /** The path of an artifact that is there; empty when the store has no files on this machine. */
    String path(ArtifactKey key) {
        return store instanceof SupportsLocalPath local ? local.localPath(key).toString() : "";
    }

    /**
     * A kept answer with the paths of now, as its workspace may have been moved since; empty when a file of it is gone,
     * as somebody may have deleted it, which is noticed after {@link #SEEN} at the latest.
     */
    Optional<Answer> find(Answer kept) {
        Answer before = whole.getIfPresent(kept.id());
        if (before != null) {
            return Optional.of(before);
        }
        Optional<Answer> found = looked(kept);
        found.ifPresent(answer -> whole.put(kept.id(), answer));
        return found;
    }

    private Optional<Answer> looked(Answer kept) {
        boolean same = true;
        for (AnswerStep step : kept.steps()) {
            for (AnswerArtifact artifact : step.artifacts()) {
                String path = known.get(artifact.key(), this::look);
                if (path == null || !isThere(artifact, path)) {
                    known.invalidate(artifact.key());
                    return Optional.empty();
                }
                same &= path.equals(artifact.path());
            }
        }
        return Optional.of(same ? kept : kept.mapSteps(this::placed));
    }

    private @Nullable String look(String key) {
        ArtifactKey artifact = new ArtifactKey(key);
        return store.find(artifact).isPresent() ? path(artifact) : null;
    }

    private boolean isThere(AnswerArtifact artifact, String path) {
        return path.isEmpty() ? store.find(new ArtifactKey(artifact.key())).isPresent() : Files.exists(Path.of(path));
    }

    private AnswerStep placed(AnswerStep step) {
        return step.withArtifacts(step.artifacts().stream().map(this::placed).toList());
    }

    private AnswerArtifact placed(AnswerArtifact artifact) {
        String path = path(new ArtifactKey(artifact.key()));
        return new AnswerArtifact(artifact.type(), artifact.label(), artifact.key(), path);
    }
}
