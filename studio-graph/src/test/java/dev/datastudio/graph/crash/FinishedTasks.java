package dev.datastudio.graph.crash;

import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.internal.log.SavedLoop;
import dev.datastudio.graph.internal.log.SavedThread;
import dev.datastudio.graph.internal.log.ThreadCodec;
import java.util.List;
import java.util.Map;

/** Tells from a thread's log which of the tasks that began are finished and must never begin again. */
final class FinishedTasks {
    private FinishedTasks() {}

    /** @param executed names of tasks as {@link CrashGraph} writes them: {@code path/node:step:task} */
    static List<String> of(CheckpointStore store, Graph<?, ?> graph, String thread, List<String> executed) {
        ThreadKey key = new ThreadKey(Caller.LOCAL.tenant(), thread);
        SavedThread saved = new ThreadCodec(Plan.from(graph), key, store.key())
                .replay(store, Long.MAX_VALUE)
                .thread();
        return executed.stream().filter(name -> isFinished(name, saved.loops())).toList();
    }

    private static boolean isFinished(String name, Map<String, SavedLoop> loops) {
        int slash = name.lastIndexOf('/');
        String path = slash < 0 ? "" : name.substring(0, slash);
        String[] task = name.substring(slash + 1).split(":", -1);
        SavedLoop loop = loops.get(path);
        if (loop == null) {
            return slash >= 0 && isFinished(path, loops);
        }
        int step = Integer.parseInt(task[1]);
        return step <= loop.step()
                || (step == loop.step() + 1
                        && loop.results().stream()
                                .anyMatch(result ->
                                        result.node().equals(task[0]) && result.number() == Integer.parseInt(task[2])));
    }
}
