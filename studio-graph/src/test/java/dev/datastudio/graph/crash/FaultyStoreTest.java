package dev.datastudio.graph.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.checkpoint.ThreadState;
import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.checkpoint.InMemoryCheckpointStore;
import dev.datastudio.graph.checkpoint.SqliteCheckpointStore;
import dev.datastudio.graph.event.Interrupt;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.internal.State;
import dev.datastudio.graph.run.Durability;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.Resume;
import dev.datastudio.graph.run.Run;
import dev.datastudio.graph.run.RunOptions;
import dev.datastudio.graph.run.RunOutcome;
import dev.datastudio.testkit.cache.SettableClock;
import dev.datastudio.testkit.checkpoint.FaultInjectingCheckpointStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store that fails at each of its calls in turn, before it did anything or after. */
class FaultyStoreTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String THREAD = "t";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aFailureOfAnyCallEndsTheRunAndIsMendedByResuming(Durability durability) {
        assertTimeoutPreemptively(LIMIT, () -> {
            Attempt calm = new Attempt(InMemoryCheckpointStore.create(), durability);
            BusyGraph.Out expected = calm.toTheEnd();
            int calls = calm.store.calls();
            assertTrue(calls > 5, "only " + calls + " calls");
            for (int call = 1; call <= calls + 1; call++) {
                int number = call;
                failing(InMemoryCheckpointStore.create(), durability, store -> store.failBefore(number))
                        .check(expected, durability + ", before call " + call);
                failing(InMemoryCheckpointStore.create(), durability, store -> store.failAfter(number))
                        .check(expected, durability + ", after call " + call);
            }
        });
    }

    @Test
    void aFailureOfAStoreOnDiskIsMendedByResumingToo() {
        assertTimeoutPreemptively(LIMIT, () -> {
            Attempt calm = new Attempt(file("calm"), Durability.SYNC);
            BusyGraph.Out expected = calm.toTheEnd();
            int calls = calm.store.calls();
            for (int call = 1; call <= calls; call += 4) {
                int number = call;
                failing(file("before" + call), Durability.SYNC, store -> store.failBefore(number))
                        .check(expected, "before call " + call);
                failing(file("after" + call), Durability.GROUP, store -> store.failAfter(number))
                        .check(expected, "after call " + call);
            }
        });
    }

    private CheckpointStore file(String name) {
        return SqliteCheckpointStore.open(folder.resolve(name + ".db"));
    }

    private static Attempt failing(
            CheckpointStore store, Durability durability, Consumer<FaultInjectingCheckpointStore> fault) {
        Attempt attempt = new Attempt(store, durability);
        fault.accept(attempt.store);
        return attempt;
    }

    /** A thread on a store of its own, driven until it has finished. */
    private static final class Attempt {
        private final FaultInjectingCheckpointStore store;
        private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
        private final BusyGraph busy = new BusyGraph();
        private final RunOptions options;
        private final Set<String> finished = new HashSet<>();
        private final List<StudioException> failures = new ArrayList<>();

        Attempt(CheckpointStore store, Durability durability) {
            this.store = FaultInjectingCheckpointStore.around(store);
            this.options =
                    RunOptions.builder().thread(THREAD).durability(durability).build();
        }

        void check(BusyGraph.Out expected, String named) {
            BusyGraph.Out out = toTheEnd();
            assertEquals(expected, out, named);
            assertEquals(
                    List.of("ask", "inner 0", "inner 1", "right"),
                    busy.performed.stream().sorted().toList(),
                    named);
            assertTrue(failures.size() <= 1, named + ": " + failures);
            for (StudioException failure : failures) {
                assertEquals(ErrorCode.STORAGE_FAILED, failure.code(), named);
            }
        }

        BusyGraph.Out toTheEnd() {
            try (store) {
                while (true) {
                    Optional<BusyGraph.Out> out = goOn();
                    if (out.isPresent()) {
                        return out.get();
                    }
                    clock.advance(Duration.ofMinutes(1));
                }
            }
        }

        /** One process: starts or resumes the thread and answers it until a failure or the end. */
        private Optional<BusyGraph.Out> goOn() {
            int before = busy.executed.size();
            try (Engine engine = Engine.builder().store(store).clock(clock).build()) {
                RunOutcome<BusyGraph.Out> outcome = begin(engine).outcome();
                while (outcome instanceof RunOutcome.Interrupted<BusyGraph.Out> asked) {
                    outcome = engine.resume(busy.graph, THREAD, answers(asked.interrupts()), options)
                            .outcome();
                }
                if (outcome instanceof RunOutcome.Finished<BusyGraph.Out> end) {
                    return Optional.of(end.output());
                }
                throw ((RunOutcome.Failed<BusyGraph.Out>) outcome).error();
            } catch (StudioException e) {
                failures.add(e);
                store.heal();
                List<String> since = List.copyOf(busy.executed).subList(before, busy.executed.size());
                assertFalse(since.stream().anyMatch(finished::contains), "finished and ran again: " + since);
                return output();
            }
        }

        private Run<BusyGraph.Out> begin(Engine engine) {
            Optional<ThreadState> known = engine.threads(Caller.LOCAL).find(THREAD);
            return known.isEmpty() || known.get().head() == 0
                    ? engine.start(busy.graph, new BusyGraph.In(3), options)
                    : engine.resume(busy.graph, THREAD, Resume.goOn(), options);
        }

        /** What the graph remembers of an effect is the truth that a person would find out. */
        private Resume answers(List<Interrupt> interrupts) {
            Resume answers = Resume.goOn();
            for (Interrupt each : interrupts) {
                if (each.kind() == Interrupt.Kind.QUESTION) {
                    answers = answers.and(each.id(), "yes");
                } else if (busy.performed.contains(each.key())) {
                    answers = answers.and(each.id(), "receipt " + each.key());
                } else {
                    answers = answers.andPerformAgain(each.id());
                }
            }
            return answers;
        }

        /** The output of a thread that finished though its run was told of a failure. */
        private Optional<BusyGraph.Out> output() {
            try (Engine engine = Engine.builder().store(store).clock(clock).build()) {
                Optional<ThreadState> known = engine.threads(Caller.LOCAL).find(THREAD);
                if (known.isEmpty() || known.get().head() == 0) {
                    return Optional.empty();
                }
                finished.addAll(FinishedTasks.of(store, busy.graph, THREAD, List.copyOf(busy.executed)));
                View state =
                        engine.threads(Caller.LOCAL).state(busy.graph, THREAD).state();
                return known.get().status() == ThreadStatus.FINISHED
                        ? Optional.of(Plan.from(busy.graph).end((State) state))
                        : Optional.empty();
            }
        }
    }
}
