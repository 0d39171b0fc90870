package dev.datastudio.agents.agent.internal;

import dev.datastudio.agents.agent.AgentSpec;
import dev.datastudio.agents.model.ModelScope;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.tool.ToolRegistry;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Checks that what an agent names is there for its organisation. */
public final class SpecUse {
    /** Tools that come and go with what is installed; naming them does no harm. */
    private static final Set<String> KNOWN = Set.of(
            "train_ml_model",
            "train_dl_model",
            "predict_with_model",
            "generate_rows",
            "list_trained_models",
            "describe_trained_model",
            "query_documents",
            "search_documents",
            "run_python");

    private final Studio studio;
    private final Caller caller;

    public SpecUse(Studio studio, Caller caller) {
        this.studio = studio;
        this.caller = caller;
    }

    /**
     * Checks tools and model.
     *
     * @param before tools that the agent has already; one that went away since can stay
     * @throws StudioException INVALID_ARGUMENT that names what is not there
     */
    public void require(AgentSpec spec, Collection<String> before) {
        requireTools(spec, before);
        requireModel(spec.model());
    }

    private void requireTools(AgentSpec spec, Collection<String> before) {
        Set<String> there = new TreeSet<>();
        ToolRegistry.of(studio)
                .as(caller)
                .list()
                .forEach(each -> there.add(each.tool().name()));
        Set<String> allowed = new HashSet<>(there);
        allowed.addAll(KNOWN);
        allowed.addAll(before);
        List<String> unknown =
                spec.tools().stream().filter(tool -> !allowed.contains(tool)).toList();
        if (!unknown.isEmpty()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The agent " + StudioException.quote(spec.id()) + " names tools that are not there: "
                            + StudioException.quote(String.join(", ", unknown)),
                    "Use names of " + there);
        }
    }

    /** A person's own model is no use to the others of the organisation. */
    private void requireModel(String name) {
        if (name.isEmpty()) {
            return;
        }
        List<String> names = Models.of(studio).as(caller).configs().list().stream()
                .filter(config -> config.scope() == ModelScope.TENANT)
                .map(config -> config.name())
                .toList();
        if (names.stream()
                .noneMatch(each ->
                        each.toLowerCase(Locale.ROOT).equals(name.strip().toLowerCase(Locale.ROOT)))) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "There is no model " + StudioException.quote(name) + " that everybody in the organisation may use",
                    names.isEmpty() ? studio.modelAdvice() : "Use one of " + StudioException.quote(names));
        }
    }
}
