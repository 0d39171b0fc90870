package dev.datastudio.agents.graph;

import dev.datastudio.agents.model.ModelParameters;
import dev.datastudio.agents.model.ModelScope;
import dev.datastudio.agents.model.ModelSpec;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.model.Provider;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.graph.json.SavedEdge;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import dev.datastudio.testkit.model.ModelProtocol;
import dev.datastudio.testkit.model.ScriptedModelServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A studio with graphs, and a model that says what a test wants. */
final class RunDesk implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(60);
    static final Caller ANN = new Caller("acme", "ann");

    final ScriptedModelServer server = ScriptedModelServer.start();
    final Studio studio;
    final SavedGraphs graphs;
    final GraphRuns runs;

    RunDesk(Studio studio) {
        this.studio = studio;
        this.graphs = SavedGraphs.of(studio).as(ANN);
        this.runs = GraphRuns.of(studio).as(ANN);
    }

    static RunDesk open() {
        return new RunDesk(Studio.inMemory());
    }

    RunDesk withModel() {
        addModel(studio, server);
        return this;
    }

    static void addModel(Studio studio, ScriptedModelServer server) {
        ModelSpec spec = new ModelSpec(
                "Scripted",
                Provider.GENERIC,
                "scripted-1",
                server.baseUrl(ModelProtocol.OPENAI),
                ModelParameters.DEFAULT.withMaxRetries(0));
        Models.of(studio).as(ANN).configs().create(spec, ModelScope.TENANT, Secret.of("key-1"));
    }

    /** Input 'name' → template → output 'text'. */
    static SavedGraph greeting() {
        return SavedGraph.named("Greeting")
                .plus(SavedNode.of("who", "text.input", 1).withConfig(Map.of("name", "name")))
                .plus(SavedNode.of("greet", "template", 1).withConfig(Map.of("template", "Hello {{name}}")))
                .plus(SavedNode.of("out", "text.output", 1).withConfig(Map.of("name", "text")))
                .plus(SavedEdge.between("who", "value", "greet", "name"))
                .plus(SavedEdge.between("greet", "text", "out", "value"));
    }

    /** Input 'topic' → template → chat model → output 'text'. */
    static SavedGraph writing() {
        return SavedGraph.named("Writing")
                .plus(SavedNode.of("topic", "text.input", 1).withConfig(Map.of("name", "topic", "default", "tides")))
                .plus(SavedNode.of("prompt", "template", 1).withConfig(Map.of("template", "Write about {{topic}}")))
                .plus(SavedNode.of("model", "chat.model", 1).withConfig(Map.of("system", "Be short", "temperature", 0)))
                .plus(SavedNode.of("out", "text.output", 1).withConfig(Map.of("name", "text")))
                .plus(SavedEdge.between("topic", "value", "prompt", "topic"))
                .plus(SavedEdge.between("prompt", "text", "model", "prompt"))
                .plus(SavedEdge.between("model", "text", "out", "value"));
    }

    /** Input 'text' → approval → outputs 'yes' and 'no'. */
    static SavedGraph approving() {
        return SavedGraph.named("Approving")
                .plus(SavedNode.of("text", "text.input", 1).withConfig(Map.of("name", "text")))
                .plus(SavedNode.of("person", "human.approval", 1).withConfig(Map.of("question", "Send it?")))
                .plus(SavedNode.of("yes", "text.output", 1).withConfig(Map.of("name", "yes")))
                .plus(SavedNode.of("no", "text.output", 1).withConfig(Map.of("name", "no")))
                .plus(SavedEdge.between("text", "value", "person", "value"))
                .plus(SavedEdge.between("person", "approved", "yes", "value"))
                .plus(SavedEdge.between("person", "rejected", "no", "value"));
    }

    String keep(SavedGraph graph) {
        return graphs.create(graph.name(), graph).id();
    }

    GraphRun run(RunRequest request) throws InterruptedException {
        return runs.await(runs.start(request).id());
    }

    /** Collects events. */
    static final class Seen {
        final List<GraphRunEvent> events = new ArrayList<>();
        private final List<Waiting> waiting = new ArrayList<>();

        private record Waiting(Predicate<List<GraphRunEvent>> until, CompletableFuture<Void> reached) {}

        synchronized void add(GraphRunEvent event) {
            events.add(event);
            waiting.removeIf(each -> each.until().test(events) && each.reached().complete(null));
        }

        /** Waits until a condition on all events holds. */
        List<GraphRunEvent> until(Predicate<List<GraphRunEvent>> condition) throws Exception {
            CompletableFuture<Void> reached = new CompletableFuture<>();
            synchronized (this) {
                if (condition.test(events)) {
                    return List.copyOf(events);
                }
                waiting.add(new Waiting(condition, reached));
            }
            reached.get(SOON.toSeconds(), TimeUnit.SECONDS);
            synchronized (this) {
                return List.copyOf(events);
            }
        }

        List<GraphRunEvent> untilEnded() throws Exception {
            return until(all -> all.stream().anyMatch(GraphRunEvent.RunEnded.class::isInstance));
        }

        /** Waits until a node has written this, as a client that has these events shows it. */
        List<GraphRunEvent> untilWritten(String node, String text) throws Exception {
            return until(all -> written(all, node).equals(text));
        }

        static String written(List<GraphRunEvent> events, String node) {
            String text = "";
            for (GraphRunEvent event : events) {
                if (event instanceof GraphRunEvent.RunChanged changed) {
                    text = changed.run().node(node).orElseThrow().text();
                } else if (event instanceof GraphRunEvent.NodeChanged changed
                        && changed.node().node().equals(node)) {
                    text = changed.node().text();
                } else if (event instanceof GraphRunEvent.TokenWritten token
                        && token.node().equals(node)) {
                    text += token.text();
                }
            }
            return text;
        }
    }

    @Override
    public void close() {
        studio.close();
        server.close();
    }
}
