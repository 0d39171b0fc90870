package dev.datastudio.agents.agentic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.NodeException;
import dev.datastudio.graph.run.Run;
import dev.datastudio.graph.run.RunOptions;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ModelRequest;
import dev.datastudio.testkit.model.ScriptedModelServer;
import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.agentic.agent.AgentInvocationException;
import dev.langchain4j.agentic.agent.ErrorRecoveryResult;
import dev.langchain4j.agentic.scope.ResultWithAgenticScope;
import dev.langchain4j.agentic.supervisor.SupervisorAgent;
import dev.langchain4j.service.V;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our graphs as agents of LangChain4j's workflows, on a scripted model. */
@Timeout(60)
class GraphActionTest {
    private static final LastChannel<String> REGION = Channel.last("region", String.class);
    private static final LastChannel<Integer> TOP = Channel.last("top", Integer.class);
    private static final LastChannel<String> FINDING = Channel.last("finding", String.class);
    private static final LastChannel<Integer> ROWS = Channel.last("rows", Integer.class);
    private static final Caller SIGNED_IN = new Caller("acme", "ann");

    private final ScriptedModelServer server = ScriptedModelServer.start();
    private final Engine engine = Engine.create();

    record Question(String region, int top) {}

    record Finding(String finding, int rows) {}

    record Place(String name) {}

    record Places(List<Place> places) {}

    record Text(String text) {}

    @AfterEach
    void close() {
        engine.close();
        server.close();
    }

    @Test
    void aSequenceRunsAGraphBetweenItsAgents() {
        server.when("Which region").reply(ModelReply.text("North"));
        server.when("Report: the best 2 of North")
                .reply(request -> ModelReply.text(request.lastText().toUpperCase(Locale.ROOT)));
        UntypedAgent workflow = AgenticServices.sequenceBuilder()
                .subAgents(
                        ScriptedModels.asking(server, "Which region for {{topic}}?", "region"),
                        analysis().agent(),
                        ScriptedModels.asking(server, "Report: {{finding}} from {{rows}} rows", "report"))
                .outputKey("report")
                .build();

        Object report = workflow.invoke(Map.of("topic", "sales", "top", 2));

        assertEquals("REPORT: THE BEST 2 OF NORTH FROM 7 ROWS", report);
    }

    @Test
    void theOutputsComponentsStandInTheScopeAndTheWholeIsTheResult() {
        UntypedAgent workflow = AgenticServices.sequenceBuilder()
                .subAgents(analysis().agent())
                .output(scope -> scope.agentInvocations("analysis").get(0).output())
                .build();

        ResultWithAgenticScope<?> result = workflow.invokeWithAgenticScope(Map.of("region", "West", "top", 1));

        assertEquals(new Finding("the best 1 of West", 7), result.result());
        assertEquals("the best 1 of West", result.agenticScope().readState("finding"));
        assertEquals(7, result.agenticScope().readState("rows"));
    }

    @Test
    void aLoopRunsAGraphUntilItIsContent() {
        AtomicInteger tries = new AtomicInteger();
        Graph<Question, Finding> counting =
                graph((view, context) -> Update.of(FINDING.set("try"), ROWS.set(tries.incrementAndGet())));
        UntypedAgent loop = AgenticServices.loopBuilder()
                .subAgents(GraphAction.of(engine, counting, scope -> RunOptions.defaults())
                        .agent())
                .exitCondition(scope -> scope.readState("rows", 0) >= 3)
                .maxIterations(10)
                .outputKey("rows")
                .build();

        assertEquals(3, loop.invoke(Map.of("region", "West", "top", 1)));
    }

    @Test
    void parallelAgentsRunGraphsAtOnce() {
        CountDownLatch both = new CountDownLatch(2);
        NodeFunction meeting = (view, context) -> {
            both.countDown();
            both.await();
            return Update.of(FINDING.set("met"), ROWS.set(2));
        };
        GraphAction<Question, Finding> action = GraphAction.of(engine, graph(meeting), scope -> RunOptions.defaults());
        UntypedAgent parallel = AgenticServices.parallelBuilder()
                .subAgents(action.name("one").agent(), action.name("two").agent())
                .output(scope -> scope.readState("finding"))
                .build();

        assertEquals("met", parallel.invoke(Map.of("region", "West", "top", 1)));
    }

    @Test
    void aSupervisorIsToldOfTheGraphAndGivesItItsArguments() {
        server.when(GraphActionTest::isFirstPlan)
                .reply(request -> ModelReply.text("{\"agentName\":\"" + nameOf("sales-analysis", request)
                        + "\",\"arguments\":{\"region\":\"North\",\"top\":\"3\"}}"));
        server.when("The last received response is: 'Finding[finding=the best 3 of North, rows=7]'")
                .reply(ModelReply.text("{\"agentName\":\"done\",\"arguments\":{\"response\":\"all done\"}}"));
        SupervisorAgent supervisor = AgenticServices.supervisorBuilder()
                .chatModel(ScriptedModels.model(server))
                .subAgents(analysis()
                        .name("sales-analysis")
                        .description("Finds the best sellers of a region")
                        .agent())
                .build();

        String result = supervisor.invoke("What sells best in the north?");

        assertEquals("Finding[finding=the best 3 of North, rows=7]", result);
        String agents = server.requests().get(0).messages().get(0).text();
        assertTrue(
                agents.contains("'Finds the best sellers of a region', [region: String, top: int]}"),
                () -> "was told: " + agents);
    }

    @Test
    void asynchronousAgentsBeforeTheGraphAreWaitedFor() {
        server.when("Which region").reply(ModelReply.text("South"));
        UntypedAgent late = AgenticServices.agentBuilder()
                .chatModel(ScriptedModels.model(server))
                .userMessage("Which region for {{topic}}?")
                .outputKey("region")
                .async(true)
                .build();
        UntypedAgent workflow = AgenticServices.sequenceBuilder()
                .subAgents(late, analysis().agent())
                .outputKey("finding")
                .build();

        assertEquals("the best 2 of South", workflow.invoke(Map.of("topic", "sales", "top", 2)));
    }

    @Test
    void textAndMapsAreMadeIntoWhatTheGraphNeeds() {
        UntypedAgent workflow = AgenticServices.sequenceBuilder()
                .subAgents(GraphAction.of(engine, placesGraph(), scope -> RunOptions.defaults())
                        .agent())
                .outputKey("text")
                .build();

        assertEquals("Kelby", workflow.invoke(Map.of("places", List.of(Map.of("name", "Kelby")))));
        assertEquals("Tarn", workflow.invoke(Map.of("places", "[{\"name\":\"Tarn\"}]")));
        assertEquals("Marlow", workflow.invoke(Map.of("places", List.of(new Place("Marlow")))));
    }

    @Test
    void aMissingInputIsSaid() {
        UntypedAgent workflow =
                AgenticServices.sequenceBuilder().subAgents(analysis().agent()).build();

        StudioException error = errorOf(workflow, Map.of("region", "West", "limit", 3));

        assertEquals(ErrorCode.INVALID_ARGUMENT, error.code());
        assertEquals(
                "Graph 'analysis' needs 'top', but the agentic scope has only 'limit, region'. Give 'top' to the"
                        + " workflow, or let an agent before this one write it as its outputKey.",
                error.getMessage());
    }

    @Test
    void anInputOfAnotherKindIsSaid() {
        UntypedAgent workflow =
                AgenticServices.sequenceBuilder().subAgents(analysis().agent()).build();

        StudioException error = errorOf(workflow, Map.of("region", "West", "top", "many"));

        assertEquals(
                "Input 'top' of graph 'analysis' has type 'int', but the agentic scope holds a 'java.lang.String' that can't"
                        + " be made one",
                error.what());
    }

    @Test
    void aFailureOfTheGraphEndsTheWorkflowWithItsWords() {
        NodeFunction failing = (view, context) -> {
            throw new StudioException(ErrorCode.UNKNOWN_COLUMN, "No column 'reveune'", "Use 'revenue'");
        };
        UntypedAgent workflow = AgenticServices.sequenceBuilder()
                .subAgents(GraphAction.of(engine, graph(failing), scope -> RunOptions.defaults())
                        .agent())
                .build();

        AgentInvocationException failure =
                assertThrows(AgentInvocationException.class, () -> workflow.invoke(Map.of("region", "West", "top", 1)));

        assertEquals("No column 'reveune'. Use 'revenue'.", failure.getMessage());
        NodeException cause = assertInstanceOf(NodeException.class, failure.getCause());
        assertEquals(ErrorCode.UNKNOWN_COLUMN, cause.code());
        assertEquals("find", cause.node());
    }

    @Test
    void anErrorHandlerMayRunTheGraphAgain() {
        AtomicInteger tries = new AtomicInteger();
        NodeFunction failingOnce = (view, context) -> {
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("not yet");
            }
            return Update.of(FINDING.set("found"), ROWS.set(1));
        };
        UntypedAgent workflow = AgenticServices.sequenceBuilder()
                .subAgents(GraphAction.of(engine, graph(failingOnce), scope -> RunOptions.defaults())
                        .agent())
                .errorHandler(context -> context.agentName().equals("analysis")
                        ? ErrorRecoveryResult.retry()
                        : ErrorRecoveryResult.throwException())
                .outputKey("finding")
                .build();

        assertEquals("found", workflow.invoke(Map.of("region", "West", "top", 1)));
    }

    @Test
    void theGraphRunsOnBehalfOfTheCallerThatItsOptionsName() {
        UntypedAgent workflow = AgenticServices.sequenceBuilder()
                .subAgents(GraphAction.of(
                                engine,
                                telling(),
                                scope -> RunOptions.builder().caller(SIGNED_IN).build())
                        .agent())
                .outputKey("finding")
                .build();

        assertEquals("for ann of acme", workflow.invoke(Map.of("region", "West", "top", 1)));
    }

    @Test
    void aGraphInsideAnAgentInsideAGraphKeepsItsCaller() {
        UntypedAgent workflow = AgenticServices.sequenceBuilder()
                .subAgents(GraphAction.of(engine, telling(), scope -> AgenticNode.runOptions())
                        .agent())
                .outputKey("finding")
                .build();

        Finding finding = engine.run(
                outer(workflow),
                new Question("West", 1),
                RunOptions.builder().caller(SIGNED_IN).build());

        assertEquals("for ann of acme", finding.finding());
    }

    @Test
    void aGraphThatTakesTheCallerOfItsNodeIsRefusedOnAThreadThatHasNone() {
        UntypedAgent parallel = AgenticServices.parallelBuilder()
                .subAgents(
                        GraphAction.of(engine, telling(), scope -> AgenticNode.runOptions())
                                .name("one")
                                .agent(),
                        GraphAction.of(engine, telling(), scope -> AgenticNode.runOptions())
                                .name("two")
                                .agent())
                .outputKey("finding")
                .build();

        NodeException failure =
                assertThrows(NodeException.class, () -> engine.run(outer(parallel), new Question("West", 1)));

        assertTrue(failure.what().contains("no AgenticNode is calling its agent on thread"), failure::what);
    }

    @Test
    void cancellingTheOuterRunEndsTheInnerGraph() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        NodeFunction hanging = (view, context) -> {
            inside.countDown();
            never.await();
            return Update.none();
        };
        UntypedAgent workflow = AgenticServices.sequenceBuilder()
                .subAgents(GraphAction.of(engine, graph(hanging), scope -> AgenticNode.runOptions())
                        .agent())
                .build();
        Run<Finding> run = engine.start(outer(workflow), new Question("West", 1));
        inside.await();

        run.cancel();

        assertEquals(
                ErrorCode.CANCELLED,
                assertThrows(StudioException.class, run::await).code());
    }

    @Test
    void aWorkflowWithATypedInterfaceRunsAGraph() {
        TypedAnalysis typed = AgenticServices.sequenceBuilder(TypedAnalysis.class)
                .subAgents(analysis().agent())
                .outputKey("finding")
                .build();

        assertEquals("the best 4 of East", typed.analyse("East", 4));
    }

    private GraphAction<Question, Finding> analysis() {
        NodeFunction best = (view, context) ->
                Update.of(FINDING.set("the best " + view.get(TOP) + " of " + view.get(REGION)), ROWS.set(7));
        return GraphAction.of(engine, graph(best), scope -> RunOptions.defaults());
    }

    private static Graph<Question, Finding> telling() {
        return graph((view, context) -> Update.of(
                FINDING.set("for " + context.caller().user() + " of "
                        + context.caller().tenant()),
                ROWS.set(0)));
    }

    private static Graph<Question, Finding> outer(UntypedAgent workflow) {
        return graph(AgenticNode.of(
                workflow,
                view -> Map.of("region", view.get(REGION), "top", view.get(TOP)),
                result -> Update.of(FINDING.set((String) result), ROWS.set(0))));
    }

    private static Graph<Question, Finding> graph(NodeFunction find) {
        return Graph.define("analysis", 1)
                .input(Question.class)
                .output(Finding.class)
                .channels(REGION, TOP, FINDING, ROWS)
                .node("find", find)
                .edge(Graph.START, "find")
                .edge("find", Graph.END)
                .build();
    }

    private static Graph<Places, Text> placesGraph() {
        AppendChannel<Place> places = Channel.append("places", Place.class);
        LastChannel<String> text = Channel.last("text", String.class);
        return Graph.define("places", 1)
                .input(Places.class)
                .output(Text.class)
                .channels(places, text)
                .node(
                        "join",
                        (view, context) -> Update.of(text.set(String.join(
                                ", ", view.get(places).stream().map(Place::name).toList()))))
                .edge(Graph.START, "join")
                .edge("join", Graph.END)
                .build();
    }

    private static StudioException errorOf(UntypedAgent workflow, Map<String, Object> input) {
        AgentInvocationException failure = assertThrows(AgentInvocationException.class, () -> workflow.invoke(input));
        return assertInstanceOf(StudioException.class, failure.getCause());
    }

    private static boolean isFirstPlan(ModelRequest request) {
        return request.lastText().contains("The last received response is: ''");
    }

    /** The id under which the supervisor was told of an agent. */
    private static String nameOf(String agent, ModelRequest request) {
        String told = request.messages().get(0).text();
        int start = told.indexOf("'" + agent);
        assertTrue(start >= 0, told);
        return told.substring(start + 1, told.indexOf('\'', start + 1));
    }

    public interface TypedAnalysis {
        @Agent
        String analyse(@V("region") String region, @V("top") int top);
    }
}
