package dev.datastudio.agents.dependant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.agents.agent.AgentConfig;
import dev.datastudio.agents.agent.AgentConfigs;
import dev.datastudio.agents.agent.Agents;
import dev.datastudio.agents.graph.GraphDraft;
import dev.datastudio.agents.graph.SavedGraphs;
import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.ModelScope;
import dev.datastudio.agents.model.ModelSpec;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.model.Provider;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.artifact.ArtifactPaths;
import dev.datastudio.core.conversation.Conversation;
import dev.datastudio.core.conversation.Conversation.About;
import dev.datastudio.core.conversation.Message;
import dev.datastudio.core.project.Project.Item;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DependantsTest {
    private static final Caller ANN = new Caller("acme", "ann");
    private static final Caller BEN = new Caller("acme", "ben");
    private static final About NOTHING = new About("", "", "");

    private final Studio studio = Studio.inMemory();
    private final SavedGraphs graphs = SavedGraphs.of(studio).as(ANN);
    private final Dependants dependants = Dependants.of(studio).as(ANN);

    @AfterEach
    void close() {
        studio.close();
    }

    private Dataset sales(int units) {
        return studio.as(ANN).datasets().importMaps("sales", List.of(Map.of("units", units)));
    }

    private static SavedGraph naming(String type, String member, Object value) {
        return SavedGraph.named("any").plus(SavedNode.of("a", type, 1).withConfig(Map.of(member, value)));
    }

    private static List<String> shown(List<Dependant> found) {
        return found.stream()
                .map(each -> each.kind() + " " + each.name() + " " + each.fate())
                .toList();
    }

    private void talk(Caller caller, String title, String detail) {
        Conversation begun = studio.as(caller).conversations().begin("auto", title, NOTHING);
        studio.as(caller).conversations().add(begun.id(), Message.Role.USER, "How many?", detail);
    }

    @Test
    void findsAllThatRestsOnAVersionOfADataSet() {
        Dataset sales = sales(1);
        String id = sales.id().toString();
        studio.artifacts().put(ArtifactPaths.of(sales).distributionPlot("units"), new byte[] {1});
        studio.artifacts().put(ArtifactPaths.of(sales).result("units"), "{}".getBytes(StandardCharsets.UTF_8));
        graphs.create("By id", naming("sql", "datasets", List.of(id)));
        graphs.create("Of another", naming("sql", "datasets", List.of("costs")));
        talk(ANN, "Mine", "{\"sources\":[\"" + id + "\"]}");
        talk(ANN, "Of something else", "{\"sources\":[]}");
        talk(BEN, "Not mine", "{\"sources\":[\"" + id + "\"]}");
        String project = studio.as(ANN).projects().create("Year", "").id();
        studio.as(ANN).projects().add(project, Item.of(Item.Kind.DATASET, id, "sales"));

        List<Dependant> found = dependants.ofDatasets(List.of(sales));

        assertEquals(
                List.of(
                        "CHART units.png DELETED",
                        "ARTIFACT units.json DELETED",
                        "GRAPH By id LEFT",
                        "CONVERSATION Mine LEFT",
                        "PROJECT Year LEFT"),
                shown(found));
    }

    @Test
    void aNameIsHeldAgainstTheLastVersionOnlyAndWhereNodesNameData() {
        Dataset first = sales(1);
        Dataset second = sales(2);
        graphs.create("By name", naming("dataset.input", "default", "sales"));
        graphs.create("A word", naming("template", "template", "sales"));

        assertEquals(List.of(), dependants.ofDatasets(List.of(second)));
        assertEquals(List.of("GRAPH By name LEFT"), shown(dependants.ofDatasets(List.of(first, second))));
    }

    @Test
    void aGraphWhoseLatestVersionAloneNamesAThingIsFoundOnce() {
        String id = sales(1).id().toString();
        GraphDraft made = graphs.create("Kept", naming("sql", "datasets", List.of(id)));
        graphs.publish(made.id(), "");
        graphs.save(made.id(), graphs.get(made.id()).revision(), "Kept", "", SavedGraph.named("Kept"));

        assertEquals(
                List.of("GRAPH Kept LEFT"),
                shown(dependants.ofDatasets(studio.as(ANN).datasets().versions("sales"))));
    }

    @Test
    void findsGraphsAndTalksOfADocument() {
        graphs.create("Search", naming("vector.search", "documents", List.of("d-1")));
        talk(ANN, "Cites it", "{\"quotes\":[{\"document\":\"d-1\"}]}");

        assertEquals(List.of("GRAPH Search LEFT", "CONVERSATION Cites it LEFT"), shown(dependants.ofDocument("d-1")));
        assertEquals(List.of(), dependants.ofDocument("d-2"));
    }

    @Test
    void findsGraphsAndAgentsThatNameAModel() {
        ModelSpec spec = ModelSpec.of(Provider.OLLAMA, "house");
        ModelConfig model = Models.of(studio).as(ANN).configs().create(spec, ModelScope.TENANT, Secret.of(""));
        graphs.create("Asks it", naming("chat.model", "model", "house"));
        graphs.create("Asks another", naming("chat.model", "model", "garden"));
        AgentConfigs agents = Agents.of(studio).as(ANN).configs();
        AgentConfig analyst = agents.get("data_analyst");
        agents.update(analyst.revision(), analyst.spec().withModel("house"));

        assertEquals(
                List.of("AGENT " + analyst.spec().title() + " LEFT", "GRAPH Asks it LEFT"),
                shown(dependants.ofModel(model)));
    }
}
