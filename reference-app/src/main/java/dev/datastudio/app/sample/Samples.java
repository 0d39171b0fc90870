package dev.datastudio.app.sample;

import dev.datastudio.agents.graph.GraphDraft;
import dev.datastudio.agents.graph.SavedGraphs;
import dev.datastudio.agents.graph.StoredGraph;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.dataset.ImportOptions;
import dev.datastudio.core.erasure.ErasurePart;
import dev.datastudio.core.upload.Upload;
import dev.datastudio.graph.json.SavedGraph;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Adds the sample data set and a graph over it to what somebody has. Thread-safe. */
@Component
public class Samples implements ErasurePart {
    private static final String TEMPLATE = "ask-data";
    private static final String GRAPH = "Ask the sample shop";
    private static final String KIND = "samples-seen";
    private static final int GRAPHS_LOOKED_AT = 200;

    private final Studio studio;

    Samples(Studio studio) {
        this.studio = studio;
    }

    /**
     * What was added.
     *
     * @param dataset the data set
     * @param graphId the graph that asks it
     * @param questions about the data set, to begin with
     */
    public record Added(Dataset dataset, String graphId, List<String> questions) {}

    /** Questions about the sample data set, to begin with. */
    public static List<String> questions() {
        return ShopSales.QUESTIONS;
    }

    /** Whether a data set is the sample. */
    public static boolean isSample(Dataset dataset) {
        return dataset.name().equals(ShopSales.NAME);
    }

    /** The caller's sample data set, if it is there. */
    public Optional<Dataset> dataset(Caller caller) {
        return studio.as(caller).datasets().find(ShopSales.NAME);
    }

    /** Adds what is missing of the samples. */
    public Added add(Caller caller) {
        return add(caller, Cancellation.none());
    }

    private synchronized Added add(Caller caller, Cancellation cancellation) {
        Dataset dataset = dataset(caller).orElseGet(() -> imported(caller, cancellation));
        String graph = graph(caller, dataset);
        EntryKey seen = new EntryKey(caller.tenant(), KIND, caller.user());
        studio.metadata().apply(EntryChange.put(seen, "{}", Map.of()));
        return new Added(dataset, graph, questions());
    }

    /**
     * Adds the samples for somebody who has no data set and never had them: who removed them wants none.
     *
     * @throws StudioException {@link ErrorCode#CANCELLED} when it was cancelled; nothing is there then
     */
    public void welcome(Caller caller, Cancellation cancellation) {
        boolean isNew = studio.metadata()
                        .find(new EntryKey(caller.tenant(), KIND, caller.user()))
                        .isEmpty()
                && studio.as(caller).datasets().list().isEmpty();
        if (isNew) {
            add(caller, cancellation);
        }
    }

    /** Forgets that somebody had the samples, as when they go. */
    @Override
    public long user(Studio any, Caller caller) {
        EntryKey seen = new EntryKey(caller.tenant(), KIND, caller.user());
        boolean isKept = studio.metadata().find(seen).isPresent();
        studio.metadata().apply(EntryChange.delete(seen));
        return isKept ? 1 : 0;
    }

    /** That is an entry, which goes with a tenant in any case. */
    @Override
    public long tenant(Studio any, String tenant) {
        return 0;
    }

    @Override
    public String kind() {
        return "samples";
    }

    private Dataset imported(Caller caller, Cancellation cancellation) {
        ByteArrayInputStream sales = new ByteArrayInputStream(ShopSales.csv().getBytes(StandardCharsets.UTF_8));
        Upload upload = studio.uploads().receive(caller, ShopSales.NAME, sales);
        ImportOptions importing =
                ImportOptions.builder().cancellation(cancellation).build();
        try {
            return studio.uploads().dataset(caller, upload.id(), importing);
        } catch (StudioException e) {
            studio.uploads().discard(caller, upload.id());
            throw e;
        }
    }

    private String graph(Caller caller, Dataset dataset) {
        SavedGraphs graphs = SavedGraphs.of(studio).as(caller);
        Optional<String> before = graphs.list(GRAPHS_LOOKED_AT, "").items().stream()
                .filter(graph -> graph.name().equals(GRAPH))
                .map(StoredGraph::id)
                .findFirst();
        return before.orElseGet(() -> {
            GraphDraft draft = graphs.fromTemplate(TEMPLATE);
            SavedGraph over = SampleGraph.over(draft, dataset, ShopSales.QUESTIONS.get(1));
            return graphs.save(
                            draft.id(), draft.revision(), GRAPH, draft.stored().description(), over)
                    .id();
        });
    }
}
