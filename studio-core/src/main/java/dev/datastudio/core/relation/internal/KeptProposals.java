package dev.datastudio.core.relation.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.relation.Evidence;
import dev.datastudio.api.relation.Key;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.metadata.internal.EntryCollection;
import dev.datastudio.core.relation.ProposedRelation;
import dev.datastudio.core.source.SourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What models proposed for the databases of a tenant, by what they were asked, so that nobody pays twice. Thread-safe. */
public final class KeptProposals {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SOURCE = "source";

    private final MetadataStore store;
    private final EntryCollection<List<ProposedRelation>> answers;

    /** The proposals of a caller's tenant. */
    public KeptProposals(MetadataStore store, Caller caller) {
        this.store = store;
        this.answers = new EntryCollection<>(store, caller.tenant(), "relation-proposals", (entry, body) -> read(body));
    }

    /**
     * What was answered before.
     *
     * @param question a digest of all that was asked
     */
    public Optional<List<ProposedRelation>> find(SourceId source, String question) {
        return answers.find(id(source, question));
    }

    /** Keeps an answer. */
    public void put(SourceId source, String question, List<ProposedRelation> answer) {
        store.apply(
                EntryChange.put(answers.key(id(source, question)), write(answer), Map.of(SOURCE, source.toString())));
    }

    /** Forgets all answers about a database. */
    public void deleteAll(SourceId source) {
        store.deleteAll(answers.query().where(SOURCE, source.toString()), Instant.MAX);
    }

    private static String id(SourceId source, String question) {
        return source + "/" + question;
    }

    private static String write(List<ProposedRelation> answer) {
        ArrayNode array = JSON.createArrayNode();
        for (ProposedRelation proposal : answer) {
            var node = array.addObject();
            node.put("source", proposal.from().table().source());
            node.put("table", proposal.from().table().table());
            node.put("column", proposal.from().columns().get(0));
            node.put("toTable", proposal.to().table().table());
            node.put("toColumn", proposal.to().columns().get(0));
            node.put("weight", proposal.by().weight());
            node.put("words", proposal.by().words());
        }
        return array.toString();
    }

    private static List<ProposedRelation> read(JsonNode array) {
        List<ProposedRelation> answer = new ArrayList<>();
        for (JsonNode node : array) {
            String source = node.path("source").asText();
            answer.add(new ProposedRelation(
                    Key.of(
                            new TableRef(source, node.path("table").asText()),
                            node.path("column").asText()),
                    Key.of(
                            new TableRef(source, node.path("toTable").asText()),
                            node.path("toColumn").asText()),
                    new Evidence(
                            Evidence.Kind.MODEL,
                            node.path("weight").asDouble(),
                            node.path("words").asText())));
        }
        return answer;
    }
}
