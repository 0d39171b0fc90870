package dev.datastudio.graph.internal.log;

import dev.datastudio.graph.internal.log.LoopFold.Done;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Renames nodes in a thread that a migration leads to another version. */
final class Renaming {
    private Renaming() {}

    /** Lets another node of a loop stand where one did, in all that is said about it. */
    static void rename(LogFold fold, LoopFold loop, String from, String to) {
        loop.rename(from, to);
        String before = (loop.path.isEmpty() ? "" : loop.path + "/") + from + ":";
        String after = (loop.path.isEmpty() ? "" : loop.path + "/") + to + ":";
        for (LoopFold each : List.copyOf(fold.loops.values())) {
            fold.loops.remove(each.path);
            each.path = moved(each.path, before, after);
            each.compensable.replaceAll(
                    done -> new Done(moved(done.path(), before, after), done.step(), done.name(), done.writes()));
            fold.loops.put(each.path, each);
        }
        for (TaskKey task : List.copyOf(fold.memos.keySet())) {
            String node = task.path().equals(loop.path) && task.node().equals(from) ? to : task.node();
            Map<String, @Nullable Object> values = fold.memos.remove(task);
            if (values != null) {
                fold.memos.put(new TaskKey(moved(task.path(), before, after), task.step(), node, task.task()), values);
            }
        }
        for (String id : List.copyOf(fold.answers.keySet())) {
            Object value = fold.answers.remove(id);
            fold.answers.put(moved(id, before, after), value);
        }
        fold.interrupts.replaceAll(one -> {
            Map<Object, @Nullable Object> changed = new LinkedHashMap<>(one.map());
            changed.put("id", moved(one.text("id"), before, after));
            return new Part(changed);
        });
    }

    private static String moved(String path, String before, String after) {
        return path.startsWith(before) ? after + path.substring(before.length()) : path;
    }
}
