package dev.datastudio.graph.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.checkpoint.InMemoryCheckpointStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How much of a log is read. */
class ThreadReadsTest {
    private final AtomicInteger read = new AtomicInteger();

    private CheckpointStore counting(CheckpointStore store) {
        return (CheckpointStore) Proxy.newProxyInstance(
                CheckpointStore.class.getClassLoader(),
                new Class<?>[] {CheckpointStore.class},
                (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(store, arguments);
                        if (method.getName().equals("read")) {
                            read.addAndGet(((List<?>) result).size());
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void theLatestStateReadsTheLogOnceAndOnlyFromItsNewestSnapshot() {
        Graph<ThreadContract.In, ThreadContract.Out> graph = ThreadContract.line(ThreadContract.log("second"));
        try (Engine engine = Engine.builder()
                .store(counting(InMemoryCheckpointStore.create()))
                .build()) {
            engine.run(graph, new ThreadContract.In("q"), ThreadContract.thread("t"));
            Threads threads = engine.threads(Caller.LOCAL);
            long last = threads.history(graph, "t").get(3).sequence();
            read.set(0);

            ThreadSnapshot state = threads.state(graph, "t");

            assertEquals(new Checkpoint(last, 3, List.of()), state.checkpoint());
            assertEquals(5, read.get());
            threads.compact(graph, "t", 1);
            read.set(0);
            assertEquals(
                    List.of("first", "second", "third"),
                    threads.state(graph, "t").state().get(ThreadContract.LOG));
            assertEquals(1, read.get());
        }
    }
}
