package dev.datastudio.app.dependant;

import dev.datastudio.agents.dependant.Dependant;
import dev.datastudio.agents.dependant.Dependant.Fate;
import dev.datastudio.agents.dependant.Dependant.Kind;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.app.web.SignedIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Things of one kind that rest on what is to be deleted. Immutable.
 *
 * @param kind what they are
 * @param deleted whether they are deleted too; else they stay and name what is no longer there
 * @param count how many
 * @param first some of them, at most 10; none of those that whoever asks may not look at
 */
@Schema(name = "DependantGroup")
public record DependantGroup(
        @Schema(
                allowableValues = {
                    "chart",
                    "artifact",
                    "dataset",
                    "graph",
                    "run",
                    "conversation",
                    "project",
                    "agent",
                    "trained_model"
                })
        String kind,

        boolean deleted,
        int count,
        List<Named> first) {
    private static final int SHOWN = 10;

    private static final Map<Kind, String> SCOPES = Map.of(
            Kind.CHART, Scopes.DATASET_GET,
            Kind.ARTIFACT, Scopes.DATASET_GET,
            Kind.DATASET, Scopes.DATASET_GET,
            Kind.GRAPH, Scopes.GRAPH_GET,
            Kind.RUN, Scopes.GRAPH_GET,
            Kind.CONVERSATION, Scopes.CHAT_USE,
            Kind.PROJECT, Scopes.PROJECT_GET,
            Kind.AGENT, Scopes.AGENT_GET,
            Kind.TRAINED_MODEL, Scopes.DATASET_GET);

    /**
     * One of them.
     *
     * @param id names it
     * @param name what people call it
     */
    @Schema(name = "Dependant")
    public record Named(String id, String name) {}

    /** Those that were found, in groups, the ones that are deleted first. */
    public static List<DependantGroup> of(SignedIn person, List<Dependant> found) {
        List<DependantGroup> groups = new ArrayList<>();
        for (Fate fate : Fate.values()) {
            for (Kind kind : Kind.values()) {
                List<Dependant> some = found.stream()
                        .filter(each -> each.kind() == kind && each.fate() == fate)
                        .toList();
                if (!some.isEmpty()) {
                    groups.add(new DependantGroup(
                            kind.name().toLowerCase(Locale.ROOT),
                            fate == Fate.DELETED,
                            some.size(),
                            person.may(Objects.requireNonNull(SCOPES.get(kind), "a scope")) ? named(some) : List.of()));
                }
            }
        }
        return List.copyOf(groups);
    }

    private static List<Named> named(List<Dependant> some) {
        return some.stream()
                .limit(SHOWN)
                .map(each -> new Named(each.id(), each.name()))
                .toList();
    }
}
