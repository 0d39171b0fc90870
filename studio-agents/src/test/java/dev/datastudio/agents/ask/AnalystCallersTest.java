package dev.datastudio.agents.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.ask.ModelPlanning.Policy;
import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.ModelParameters;
import dev.datastudio.agents.model.ModelScope;
import dev.datastudio.agents.model.ModelSpec;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.model.Provider;
import dev.datastudio.agents.planner.model.ModelPlanner;
import dev.datastudio.agents.vocabulary.TaughtWord;
import dev.datastudio.agents.vocabulary.Teaching;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.audit.AuditQuery;
import dev.datastudio.core.audit.AuditRecord;
import dev.datastudio.core.conversation.Conversation;
import dev.datastudio.core.conversation.Conversations;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import dev.datastudio.core.usage.Measure;
import dev.datastudio.core.usage.QuotaLimits;
import dev.datastudio.core.usage.Scope;
import dev.datastudio.core.usage.UsageLine;
import dev.datastudio.core.usage.Window;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ScriptedModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One studio answers for two people of one tenant and one of another: nothing of one is there for the others (D9, D12). */
class AnalystCallersTest {
    private static final Caller ANN = new Caller("acme", "ann");
    private static final Caller BEN = new Caller("acme", "ben");
    private static final Caller CLEO = new Caller("other", "ann");
    private static final List<Caller> ALL = List.of(ANN, BEN, CLEO);
    private static final String BY_REGION = "total sales by region";
    private static final AskOptions NO_PICTURES = AskOptions.DEFAULT.withPictures(AskOptions.Pictures.SKIP);

    @TempDir
    Path folder;

    private Studio studio;

    @BeforeEach
    void open() {
        studio = Studio.builder()
                .workspace(folder.resolve("workspace"))
                .fileFolders(List.of(folder))
                .quotas(QuotaLimits.NONE.perUser(Measure.QUESTIONS, Window.DAY, 40))
                .build();
    }

    @AfterEach
    void close() {
        studio.close();
    }

    private Analyst analyst(Caller caller) {
        return Analyst.of(studio).as(caller);
    }

    private Dataset imported(Caller caller, String name, String text) throws IOException {
        Path file = folder.resolve(caller.tenant() + "-" + caller.user()).resolve(name);
        Files.createDirectories(file.getParent());
        return studio.datasets().as(caller).importFile(Files.writeString(file, text));
    }

    /** Orders of the same name, whose sum is another one for each caller. */
    private Dataset orders(Caller caller) throws IOException {
        return imported(caller, "orders.csv", "region,sales\nNorth,10\nSouth,2" + ALL.indexOf(caller) + "\n");
    }

    private Dataset sameOrders(Caller caller) throws IOException {
        return imported(caller, "orders.csv", "region,sales\nNorth,10\nSouth,20\n");
    }

    private static double total(Answer answer) {
        assertEquals(AnswerStatus.ANSWERED, answer.status(), answer.message());
        return ((Number) answer.steps().get(0).rows().get(0).get(0)).doubleValue();
    }

    private static Set<String> owners(Answer answer) {
        return answer.steps().stream()
                .flatMap(step -> step.artifacts().stream())
                .map(artifact -> artifact.key().replaceFirst("^([^/]+/[^/]+)/.*", "$1"))
                .collect(Collectors.toSet());
    }

    private static <V> V of(Map<Caller, V> each, Caller caller) {
        return Objects.requireNonNull(each.get(caller));
    }

    private static String folderOf(Caller caller) {
        return caller.tenant() + "/" + caller.user();
    }

    private static void assertRefused(ErrorCode code, Runnable work) {
        assertEquals(code, assertThrows(StudioException.class, work::run).code());
    }

    private long questions(Caller caller) {
        return studio.usage().of(caller).stream()
                .filter(line -> line.quota().scope() == Scope.USER)
                .filter(line -> line.quota().measure() == Measure.QUESTIONS)
                .mapToLong(UsageLine::used)
                .max()
                .orElseThrow();
    }

    @Test
    void eachCallerIsAnsweredFromItsOwnRows() throws IOException {
        for (Caller caller : ALL) {
            Answer answer = analyst(caller).ask(orders(caller), "total sales");

            assertFalse(answer.cached());
            assertEquals(30.0 + ALL.indexOf(caller), total(answer));
        }
        for (Caller caller : ALL) {
            Answer again =
                    analyst(caller).ask(studio.datasets().as(caller).list().get(0), "total sales");

            assertTrue(again.cached());
            assertEquals(30.0 + ALL.indexOf(caller), total(again));
        }
    }

    @Test
    void keptAnswersOfTheSameContentNeverCross() throws IOException {
        Map<Caller, Dataset> own = new HashMap<>();
        Map<Caller, String> ids = new HashMap<>();
        for (Caller caller : ALL) {
            own.put(caller, sameOrders(caller));
            Answer answer = analyst(caller).ask(of(own, caller), BY_REGION);

            assertFalse(answer.cached(), caller::toString);
            assertEquals(Set.of(folderOf(caller)), owners(answer));
            ids.put(caller, answer.id());
        }
        assertEquals(3, new HashSet<>(ids.values()).size());
        assertEquals(
                1, own.values().stream().map(Dataset::contentHash).distinct().count());

        studio.close();
        open();

        for (Caller caller : ALL) {
            Answer again = analyst(caller).ask(of(own, caller), BY_REGION);

            assertTrue(again.cached());
            assertEquals(of(ids, caller), again.id());
            assertEquals(Set.of(folderOf(caller)), owners(again));
        }
    }

    @Test
    void questionsAtTheSameTimeAreSharedWithinACallerOnly()
            throws IOException, InterruptedException, ExecutionException {
        int each = 8;
        Map<Caller, Dataset> own = new HashMap<>();
        for (Caller caller : ALL) {
            own.put(caller, sameOrders(caller));
        }
        ExecutorService threads = Executors.newFixedThreadPool(each * ALL.size());
        try {
            CountDownLatch start = new CountDownLatch(1);
            Map<Caller, List<Future<Answer>>> asked = new HashMap<>();
            for (int i = 0; i < each; i++) {
                for (Caller caller : ALL) {
                    asked.computeIfAbsent(caller, any -> new ArrayList<>()).add(threads.submit(() -> {
                        start.await();
                        return analyst(caller).ask(of(own, caller), BY_REGION);
                    }));
                }
            }
            start.countDown();

            Set<String> all = new HashSet<>();
            for (Caller caller : ALL) {
                Set<String> ids = new HashSet<>();
                for (Future<Answer> answer : of(asked, caller)) {
                    ids.add(answer.get().id());
                    assertEquals(Set.of(folderOf(caller)), owners(answer.get()));
                }
                assertEquals(1, ids.size());
                assertEquals(1, questions(caller));
                all.addAll(ids);
            }
            assertEquals(ALL.size(), all.size());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aDataSetOfAnotherIsNotThere() throws IOException {
        Dataset annes = orders(ANN);
        Dataset bens = orders(BEN);
        analyst(ANN).ask(annes, "sales of the North");
        analyst(BEN).ask(bens, "total sales");

        for (Caller other : List.of(BEN, CLEO, studio.caller())) {
            Analyst analyst = analyst(other);
            assertRefused(ErrorCode.DATASET_NOT_FOUND, () -> analyst.ask(annes, "sales of the North"));
            assertRefused(ErrorCode.DATASET_NOT_FOUND, () -> analyst.plan(List.of(annes), "sales of the North"));
        }
        assertRefused(
                ErrorCode.DATASET_NOT_FOUND,
                () -> analyst(BEN).ask(List.of(bens, annes), "total sales", AskOptions.DEFAULT));
        assertRefused(
                ErrorCode.DATASET_NOT_FOUND, () -> studio.datasets().as(BEN).get(annes.id()));
    }

    private List<String> audited(Caller caller) {
        return studio.audit().list(AuditQuery.of(caller.tenant()).action("question.ask")).records().stream()
                .map(AuditRecord::event)
                .filter(event -> event.caller().equals(caller))
                .map(event -> String.join(",", event.subjects()) + " "
                        + event.details().get("status"))
                .toList();
    }

    @Test
    void questionsAreAuditedAndCountedForWhoAsks() throws IOException {
        Dataset annes = orders(ANN);
        Dataset bens = orders(BEN);
        analyst(ANN).ask(annes, "total sales");
        analyst(BEN).ask(bens, "total sales");
        analyst(BEN).ask(bens, "average sales");
        studio.close();
        open();

        assertEquals(List.of(annes.id() + " answered"), audited(ANN));
        assertEquals(List.of(bens.id() + " answered", bens.id() + " answered"), audited(BEN));
        assertEquals(List.of(), audited(CLEO));
        assertEquals(List.of(), audited(studio.caller()));
        assertEquals(List.of(1L, 2L, 0L), ALL.stream().map(this::questions).toList());
    }

    @Test
    void whoHasNoQuestionLeftTakesNoneOfAnother() throws IOException {
        studio.close();
        studio = Studio.builder()
                .temporary()
                .quotas(QuotaLimits.NONE.perUser(Measure.QUESTIONS, Window.DAY, 1))
                .build();
        Dataset annes = orders(ANN);
        analyst(ANN).ask(annes, "total sales");

        assertRefused(ErrorCode.QUOTA_EXCEEDED, () -> analyst(ANN).ask(annes, "average sales"));
        assertEquals(31.0, total(analyst(BEN).ask(orders(BEN), "total sales")));
    }

    @Test
    void aConversationIsItsOwnersAlone() throws IOException {
        Map<Caller, String> talks = new HashMap<>();
        for (Caller caller : ALL) {
            Conversations own = Conversations.of(studio.metadata(), caller);
            talks.put(
                    caller,
                    own.begin("ask", "Sales", Conversation.About.NOTHING).id());
            List<Dataset> data = List.of(orders(caller));
            analyst(caller).ask(of(talks, caller), data, "total sales", NO_PICTURES);

            Answer narrowed = analyst(caller).ask(of(talks, caller), data, "only the South", NO_PICTURES);

            assertFalse(narrowed.changes().isEmpty());
            assertEquals(20.0 + ALL.indexOf(caller), total(narrowed));
            assertEquals(4, own.get(of(talks, caller)).messages());
        }
        for (Caller other : List.of(BEN, CLEO, studio.caller())) {
            List<Dataset> data = List.of(sameOrders(other));
            assertRefused(
                    ErrorCode.CONVERSATION_NOT_FOUND,
                    () -> analyst(other).ask(of(talks, ANN), data, "only the North", NO_PICTURES));
        }
        Conversations annes = Conversations.of(studio.metadata(), ANN);
        assertEquals(4, annes.get(of(talks, ANN)).messages());
    }

    @Test
    void whatATenantTaughtIsItsPeoplesOnly() throws IOException {
        Map<Caller, Dataset> own = new HashMap<>();
        for (Caller caller : ALL) {
            own.put(caller, orders(caller));
            assertNotEquals(
                    AnswerStatus.ANSWERED,
                    analyst(caller).ask(of(own, caller), "total takings").status());
        }
        Teaching.of(studio).as(ANN).teach(TaughtWord.column("takings", "sales"));

        assertEquals(30.0, total(analyst(ANN).ask(of(own, ANN), "total takings")));
        assertEquals(31.0, total(analyst(BEN).ask(of(own, BEN), "total takings")));
        assertNotEquals(
                AnswerStatus.ANSWERED,
                analyst(CLEO).ask(of(own, CLEO), "total takings").status());
        assertEquals(List.of(), Teaching.of(studio).as(CLEO).list());
        assertEquals(List.of(), Teaching.of(studio).list());
        assertEquals(1, Teaching.of(studio).as(BEN).list().size());
    }

    @Test
    void whatSomebodyDecidedOfRelationsHoldsForItsOwnTables() throws IOException {
        Map<Caller, List<Dataset>> own = new HashMap<>();
        for (Caller caller : ALL) {
            own.put(
                    caller,
                    List.of(
                            imported(caller, "authors.csv", "author_id,name\n1,Ada\n2,Ben\n3,Cy\n4,Di\n"),
                            imported(
                                    caller,
                                    "books.csv",
                                    "book_id,author_id,title\n11,1,A\n12,1,B\n13,2,C\n14,3,D\n15,4,E\n")));
            assertEquals(4, books(caller, of(own, caller)).steps().get(0).rows().size());
        }
        List<Relation> found = studio.relations().as(ANN).among(of(own, ANN), Cancellation.none());
        found.forEach(relation -> studio.relations().as(ANN).decide(relation, Relation.Status.REJECTED));

        assertFalse(found.isEmpty());
        assertNotEquals(AnswerStatus.ANSWERED, books(ANN, of(own, ANN)).status());
        assertTrue(books(BEN, of(own, BEN)).cached());
        assertTrue(books(CLEO, of(own, CLEO)).cached());
        assertRefused(
                ErrorCode.DATASET_NOT_FOUND, () -> studio.relations().as(BEN).among(of(own, ANN), Cancellation.none()));
    }

    private Answer books(Caller caller, List<Dataset> tables) {
        return analyst(caller).ask(tables, "number of books for each author name", NO_PICTURES);
    }

    @Test
    void aDatabaseIsThereForItsTenantOnly() throws SQLException {
        Path file = folder.resolve("shop.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE visits (town TEXT, guests INTEGER)");
            statement.execute("INSERT INTO visits VALUES ('Kiel', 4), ('Ulm', 5)");
        }
        SourceSpec spec = SourceSpec.builder(SourceKind.SQLITE, "shop")
                .database(file.toString())
                .build();
        SourceId source = studio.sources().as(ANN).create(spec, Secret.of("")).id();

        Answer annes = analyst(ANN).ask(source, "total guests by town", AskOptions.DEFAULT);
        Answer bens = analyst(BEN).ask(source, "total guests by town", AskOptions.DEFAULT);

        assertEquals(annes.steps().get(0).rows(), bens.steps().get(0).rows());
        assertEquals(Set.of(folderOf(ANN)), owners(annes));
        assertEquals(Set.of(folderOf(BEN)), owners(bens));
        assertRefused(
                ErrorCode.SOURCE_NOT_FOUND,
                () -> analyst(CLEO).ask(source, "total guests by town", AskOptions.DEFAULT));
    }

    @Test
    void aModelIsTheAskersAndItsCallsAreCountedToTheAsker() throws IOException {
        try (ScriptedModelServer server = ScriptedModelServer.start()) {
            server.when(request -> true).reply(ModelReply.toolCall("refuse", "{\"reason\":\"no\"}"));
            AskOptions ofAll = asking(server, "Shared", ModelScope.TENANT);
            AskOptions ofAnn = asking(server, "Private", ModelScope.USER);

            analyst(BEN).ask(List.of(orders(BEN)), "total sales", ofAll);

            assertEquals(1, calls(BEN));
            assertEquals(0, calls(ANN));
            assertRefused(ErrorCode.ENTRY_NOT_FOUND, () -> analyst(BEN).ask(anew(BEN), "total sales", ofAnn));
            assertRefused(ErrorCode.ENTRY_NOT_FOUND, () -> analyst(CLEO).ask(anew(CLEO), "total sales", ofAll));
            assertEquals(1, server.requests().size());
            analyst(ANN).ask(anew(ANN), "total sales", ofAnn);
            assertEquals(1, calls(ANN));
        }
    }

    private List<Dataset> anew(Caller caller) {
        return List.of(studio.datasets()
                .as(caller)
                .importMaps("towns", List.of(Map.of("town", "Kiel", "sales", 4), Map.of("town", "Ulm", "sales", 5))));
    }

    private AskOptions asking(ScriptedModelServer server, String name, ModelScope scope) {
        Models models = Models.of(studio).as(ANN);
        ModelConfig config = models.configs()
                .create(
                        new ModelSpec(
                                name,
                                Provider.GENERIC,
                                "scripted-1",
                                server.baseUrl(),
                                ModelParameters.DEFAULT.withMaxRetries(0)),
                        scope,
                        Secret.of("key-1"));
        return NO_PICTURES.withModel(new ModelPlanning(ModelPlanner.of(models, config), Policy.MODEL_ONLY));
    }

    private int calls(Caller caller) {
        return Models.of(studio)
                .as(caller)
                .calls()
                .mine(Instant.EPOCH, Instant.MAX)
                .size();
    }
}
