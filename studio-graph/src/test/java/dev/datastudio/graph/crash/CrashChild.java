package dev.datastudio.graph.crash;

import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.checkpoint.SqliteCheckpointStore;
import dev.datastudio.graph.event.Interrupt;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.run.Durability;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.Resume;
import dev.datastudio.graph.run.Run;
import dev.datastudio.graph.run.RunOptions;
import dev.datastudio.graph.run.RunOutcome;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The process that is killed: begins the graph's thread or goes on with it, and prints each checkpoint that was reported
 * as saved. Arguments: the folder, the durability.
 */
public final class CrashChild {
    static final String THREAD = "t";
    static final String SAVED = "saved ";
    static final String OUTPUT = "output ";

    private CrashChild() {}

    /** Runs to the end, if it is let. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        RunOptions options = RunOptions.builder()
                .thread(THREAD)
                .durability(Durability.valueOf(arguments[1]))
                .build();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Graph<CrashGraph.In, CrashGraph.Out> graph = new CrashGraph(folder).graph();
        try (SqliteCheckpointStore store = SqliteCheckpointStore.open(folder.resolve("runs.db"));
                Engine engine = Engine.builder()
                        .store(store)
                        .listener(event -> print(event, out))
                        .build()) {
            boolean isDone = engine.threads(Caller.LOCAL)
                    .find(THREAD)
                    .filter(state -> state.status() == ThreadStatus.FINISHED)
                    .isPresent();
            if (isDone) {
                out.println(OUTPUT
                        + new RunOutcome.Finished<>(CrashGraph.output(engine.threads(Caller.LOCAL)
                                .state(graph, THREAD)
                                .state())));
                return;
            }
            boolean isThere = engine.threads(Caller.LOCAL)
                    .find(THREAD)
                    .filter(state -> state.head() > 0)
                    .isPresent();
            Run<CrashGraph.Out> run = isThere
                    ? engine.resume(graph, THREAD, Resume.goOn().takeOver(), options)
                    : engine.start(graph, new CrashGraph.In(7), options);
            RunOutcome<CrashGraph.Out> outcome = run.outcome();
            while (outcome instanceof RunOutcome.Interrupted<CrashGraph.Out> interrupted) {
                outcome = engine.resume(graph, THREAD, answers(folder, interrupted.interrupts()), options)
                        .outcome();
            }
            out.println(OUTPUT + outcome);
        }
    }

    private static void print(RunEvent event, PrintStream out) {
        if (event instanceof RunEvent.CheckpointSaved saved) {
            out.println(SAVED + saved.checkpoint());
        }
    }

    /** Looks, as a person would, whether an effect that nobody is certain of has happened. */
    private static Resume answers(Path folder, List<Interrupt> interrupts) throws IOException {
        List<String> happened =
                Files.exists(CrashGraph.effects(folder)) ? Files.readAllLines(CrashGraph.effects(folder)) : List.of();
        Resume resume = null;
        for (Interrupt interrupt : interrupts) {
            boolean isDone = happened.stream().anyMatch(key -> key.endsWith("/" + interrupt.key()));
            if (isDone) {
                String receipt = "receipt of " + interrupt.key();
                resume = resume == null ? Resume.answer(interrupt.id(), receipt) : resume.and(interrupt.id(), receipt);
            } else {
                resume = resume == null ? Resume.performAgain(interrupt.id()) : resume.andPerformAgain(interrupt.id());
            }
        }
        return resume;
    }
}
