package dev.datastudio.app;

import static dev.datastudio.app.GraphText.edge;
import static dev.datastudio.app.GraphText.node;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.datastudio.agents.graph.GraphRuns;
import dev.datastudio.agents.graph.RunState;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.rag.Documents;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** A thing that is deleted alone goes with everything that was made of it (G18). */
@Timeout(120)
class SingleDeletionTest {
    /** What was asked and done is the record of the organisation. */
    private static final String AUDIT = "entry:audit";

    private final AppServer server = AppServer.shared();
    private final Studio studio = server.bean(Studio.class);
    private final Traces traces = Traces.in(studio.workspace());
    private final Person ada = server.newPerson();
    private final Caller caller = ada.account().caller();

    private static String word(String name) {
        return name + UUID.randomUUID().toString().replace("-", "");
    }

    private Set<String> left(String word) throws Exception {
        studio.audit().flush();
        Set<String> left = traces.of(word);
        left.remove(AUDIT);
        return left;
    }

    private void ask(String dataset, String question) {
        ada.post("/api/v1/analysis/ask", "{'question':'" + question + "','datasetIds':['" + dataset + "']}")
                .is(200);
    }

    @Test
    void aDataSetGoesWithAllThatWasMadeOfIt() throws Exception {
        String name = word("Zebra");
        String column = word("quagga").substring(0, 20);
        String value = word("Okapi");
        String csv = "customer_id," + column + ",sales\n1," + value + ",10\n2,South,20\n3,West,30\n4,South,40\n";
        String id = Belongings.dataset(ada, name + ".csv", csv);
        String other = Belongings.dataset(ada, "customers.csv", "id,city\n1,Bern\n2,Thun\n3,Chur\n4,Genf\n");
        Dataset dataset = studio.as(caller).datasets().get(DatasetId.parse(id));
        Dataset customers = studio.as(caller).datasets().get(DatasetId.parse(other));
        ask(id, "average sales by " + column);
        ask(id, "distribution of sales");
        ada.get("/api/v1/datasets/" + id + "/profile").is(200);
        studio.as(caller).relations().find(List.of(dataset, customers), ProgressListener.NONE, Cancellation.none());
        Documents.of(studio).as(caller).schema().refresh();
        JsonNode upload = ada.post("/upload", "{'file_name':'" + name + ".csv','content_type':'text/csv'}")
                .is(200)
                .json();
        ada.sendTo(
                URI.create(upload.path("presigned_url").asString()), "text/csv", csv.getBytes(StandardCharsets.UTF_8));
        String job = ada.post(
                        "/ask?async=true",
                        "{'file_id':'" + upload.path("file_id").asString() + "','question':'average sales by " + column
                                + "'}")
                .is(202)
                .json()
                .path("job_id")
                .asString();
        studio.jobs().await(caller, new JobId(job), Duration.ofSeconds(30));
        assertNotEquals(Set.of(), left(value));

        ada.delete("/api/v1/datasets/" + id + "?allVersions=true").is(204);

        assertEquals(Set.of(), left(value));
        assertEquals(Set.of(), left(column));
        assertEquals(Set.of(), left(name));
    }

    @Test
    void aDocumentGoesWithAllThatWasMadeOfIt() throws Exception {
        String name = word("Zebra");
        String value = word("Okapi");
        String id = Belongings.document(
                ada, name + ".txt", ("The revenue of " + value + " was 10 francs.").getBytes(StandardCharsets.UTF_8));
        Documents.of(studio).as(caller).ask("What was the revenue of " + value + "?");
        assertNotEquals(Set.of(), left(value));

        ada.delete("/api/v1/documents/" + id).is(204);

        assertEquals(Set.of(), left(value));
        assertEquals(Set.of(), left(name));
        assertEquals(Set.of(), left(id));
    }

    @Test
    void aDataSetTakesTheRunsOfGraphsThatReadItAndNoOthers() throws Exception {
        String name = word("Zebra") + ".csv";
        String value = word("Okapi");
        String id = Belongings.dataset(ada, name, "city,sales\n" + value + ",10\nBern,20\n");
        String other = Belongings.dataset(ada, "other.csv", "city,sales\nThun,1\nChur,2\n");
        String byId = reading("By its id", id, id);
        String byName = reading("By its name", name, id);
        String another = reading("Another", other, other);
        String given = graph(
                "Given",
                node("data", "dataset.input", "{'name':'data'}") + "," + rows("", id),
                edge("data", "dataset", "rows", "datasets"));
        for (String graph : List.of(byId, byName, another)) {
            ended(graph, "{}");
        }
        ended(byName, "{'node':'out'}"); // what was kept of the rows stands in for the node that names them
        ended(given, "{'inputs':{'data':'" + name + "'}}");
        assertNotEquals(Set.of(), left(value));
        List<String> taken = new ArrayList<>();
        ada.get("/api/v1/datasets/" + id + "/dependants").is(200).json().forEach(group -> {
            if (group.path("deleted").asBoolean()) {
                taken.add(group.path("count").asInt() + " " + group.path("kind").asString());
            }
        });

        ada.delete("/api/v1/datasets/" + id).is(204);

        assertEquals(List.of("4 run"), taken);
        assertEquals(Set.of(), left(value));
        assertEquals(0, runs(byId) + runs(byName) + runs(given));
        assertEquals(1, runs(another));
        ended(another, "{'node':'out'}");
    }

    private int runs(String graph) {
        return ada.get("/api/v1/graphs/" + graph + "/runs")
                .is(200)
                .json()
                .path("items")
                .size();
    }

    private void ended(String graph, String body) throws InterruptedException {
        String run = Belongings.id(
                ada.post("/api/v1/graphs/" + graph + "/runs", body).is(202));
        assertEquals(RunState.DONE, GraphRuns.of(studio).as(caller).await(run).state());
    }

    /** A graph that reads all rows of a data set, which it names so. */
    private String reading(String title, String named, String id) {
        return graph(title, rows("'datasets':['" + named + "'],", id), "");
    }

    private String rows(String datasets, String id) {
        String table = studio.as(caller).datasets().get(DatasetId.parse(id)).table();
        return node("rows", "sql", "{" + datasets + "'sql':'SELECT city, sales FROM " + table + "'}");
    }

    private String graph(String title, String nodes, String edges) {
        String out = node("out", "text.output", "{'name':'text'}");
        String to = edge("rows", "text", "out", "value");
        return Belongings.graph(
                ada, title, GraphText.graph(nodes + "," + out, edges.isEmpty() ? to : edges + "," + to));
    }

    @Test
    void aConversationGoesWithAllThatWasMadeOfIt() throws Exception {
        String title = word("Zebra");
        String said = word("Okapi");
        String dataset = Belongings.dataset(ada, "sales.csv", "region,sales\nNorth,10\nSouth,20\nWest,30\n");
        String id = Belongings.id(ada.post("/api/v1/conversations", "{'title':'" + title + "'}"));
        for (String message : List.of("average sales by region, " + said, "average sales by region")) {
            ada.post(
                    "/api/v1/conversations/" + id + "/messages",
                    "{'message':'" + message + "','context':{'datasetIds':['" + dataset + "']}}");
        }
        ada.post("/api/v1/conversations/" + id + "/messages", "{'message':'Hello " + said + "'}");
        assertNotEquals(Set.of(), left(said));

        ada.delete("/api/v1/conversations/" + id).is(204);

        assertEquals(Set.of(), left(said));
        assertEquals(Set.of(), left(title));
        assertEquals(Set.of(), left(id));
    }
}
