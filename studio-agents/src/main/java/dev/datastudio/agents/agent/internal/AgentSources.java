package dev.datastudio.agents.agent.internal;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sources that a question is about, as tools find them. Immutable.
 *
 * @param datasets those that are data sets, in their order
 * @param databases those that are databases, in their order
 */
record AgentSources(List<Dataset> datasets, List<Source> databases) {
    AgentSources {
        datasets = List.copyOf(datasets);
        databases = List.copyOf(databases);
    }

    /**
     * Finds sources of a caller.
     *
     * @throws StudioException SOURCE_NOT_FOUND for one that is not there for this caller
     */
    static AgentSources find(Studio studio, Caller caller, List<String> ids) {
        List<Dataset> datasets = new ArrayList<>();
        List<Source> databases = new ArrayList<>();
        for (String id : ids) {
            Optional<Dataset> dataset = dataset(studio, caller, id);
            if (dataset.isPresent()) {
                datasets.add(dataset.get());
            } else {
                databases.add(database(studio, caller, id));
            }
        }
        return new AgentSources(datasets, databases);
    }

    private static Optional<Dataset> dataset(Studio studio, Caller caller, String id) {
        return studio.datasets().as(caller).list().stream()
                .filter(each -> each.id().toString().equalsIgnoreCase(id))
                .findFirst()
                .or(() -> studio.datasets().as(caller).find(id));
    }

    private static Source database(Studio studio, Caller caller, String id) {
        return studio.sources().as(caller).list().stream()
                .filter(each -> each.id().toString().equalsIgnoreCase(id))
                .findFirst()
                .orElseThrow(() -> new StudioException(
                        ErrorCode.SOURCE_NOT_FOUND,
                        "There is no source " + StudioException.quote(id),
                        "List data sets and sources to see their ids"));
    }

    int count() {
        return datasets.size() + databases.size();
    }
}
