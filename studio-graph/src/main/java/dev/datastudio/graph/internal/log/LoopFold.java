package dev.datastudio.graph.internal.log;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A loop while its log is read: everything is still JSON. Not thread-safe. */
final class LoopFold {
    static final Object NO_INPUT = new Object();
    private static final char APPENDED = '+';
    private static final char TO_FOLD = '*';

    String path;
    int version;
    String shape = "";
    int step;
    final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    final Map<String, String> copies = new LinkedHashMap<>();
    Next next = Next.EMPTY;
    final Map<Name, Result> results = new LinkedHashMap<>();
    final List<Done> compensable = new ArrayList<>();

    /** Names of the tasks of {@link #next}, as it was when they were asked for; a fan-out may have thousands. */
    private Set<Name> nextNames = Set.of();

    private @Nullable Next named;

    LoopFold(String path) {
        this.path = path;
    }

    /** A task's name in its step. */
    record Name(String node, int number) {}

    /** A task that is to come; input NO_INPUT when it has none. */
    record Ref(Name name, Object input) {}

    /** What comes next. */
    record Next(List<Ref> tasks, List<String> waiting, Map<String, Integer> arrivals, List<String> fired) {
        static final Next EMPTY = new Next(List.of(), List.of(), Map.of(), List.of());
    }

    /** What a task came to. */
    record Result(Name name, Map<?, ?> writes, @Nullable Object failure, boolean compensable) {}

    /** A task that can be undone. */
    record Done(String path, int step, Name name, Map<?, ?> writes) {}

    /** A loop as a snapshot or its beginning has it. */
    static LoopFold read(Part part) {
        LoopFold loop = new LoopFold(part.text(Keys.PATH, ""));
        loop.version = part.count(Keys.VERSION, 0);
        loop.shape = part.text(Keys.SHAPE);
        loop.step = part.count(Keys.STEP, 0);
        part.object(Keys.VALUE).forEach((key, value) -> loop.values.put(bare((String) key), value));
        for (Map.Entry<?, ?> copy : part.object(Keys.COPIES).entrySet()) {
            if (!(copy.getValue() instanceof String name)) {
                throw new UnreadableException("it has a copy of a channel without a name");
            }
            loop.copies.put((String) copy.getKey(), name);
        }
        loop.next = next(part);
        for (Object each : part.list(Keys.RESULTS)) {
            loop.add(result(Part.of(each)));
        }
        for (Object each : part.list(Keys.COMPENSABLE)) {
            Part done = Part.of(each);
            Result result = result(done);
            loop.compensable.add(
                    new Done(done.text(Keys.PATH, ""), done.count(Keys.STEP, 0), result.name(), result.writes()));
        }
        return loop;
    }

    static String bare(String key) {
        return !key.isEmpty() && (key.charAt(0) == APPENDED || key.charAt(0) == TO_FOLD) ? key.substring(1) : key;
    }

    static Result result(Part part) {
        Name name = new Name(part.text(Keys.TASK), part.count(Keys.NUMBER, 0));
        return new Result(
                name, part.object(Keys.WRITES), part.get(Keys.FAILURE), part.number(Keys.COMPENSABLE, 0) == 1);
    }

    static Next next(Part part) {
        List<Ref> tasks = new ArrayList<>();
        for (Object each : part.list(Keys.NEXT)) {
            addTasks(each, tasks);
        }
        Map<String, Integer> arrivals = new LinkedHashMap<>();
        part.object(Keys.ARRIVALS).forEach((node, count) -> arrivals.put((String) node, Part.count(count)));
        return new Next(tasks, part.texts(Keys.WAITING), arrivals, part.texts(Keys.FIRED));
    }

    private static void addTasks(@Nullable Object tree, List<Ref> tasks) {
        if (tree instanceof String node) {
            tasks.add(new Ref(new Name(node, 0), NO_INPUT));
        } else if (tree instanceof List<?> fanOut) {
            if (fanOut.size() < 2 || !(fanOut.get(0) instanceof String node)) {
                throw new UnreadableException("it has a fan-out without a node or an item");
            }
            for (int i = 1; i < fanOut.size(); i++) {
                tasks.add(new Ref(new Name(node, i - 1), input(fanOut.get(i))));
            }
        } else {
            Part part = Part.of(tree);
            Object input = part.has(Keys.VALUE) ? input(part.get(Keys.VALUE)) : NO_INPUT;
            tasks.add(new Ref(new Name(part.text(Keys.TASK), part.count(Keys.NUMBER, 0)), input));
        }
    }

    private static Object input(@Nullable Object tree) {
        if (tree == null) {
            throw new UnreadableException("it has a task whose input is null");
        }
        return tree;
    }

    /** Whether a task is to run. */
    @SuppressWarnings("ReferenceEquality") // whether the object was replaced is asked, not whether it says the same
    boolean isNext(Name name) {
        if (named != next) {
            nextNames = new HashSet<>();
            next.tasks().forEach(task -> nextNames.add(task.name()));
            named = next;
        }
        return nextNames.contains(name);
    }

    void add(Result result) {
        results.put(result.name(), result);
    }

    /** Lets another node stand where one did. */
    void rename(String from, String to) {
        List<Ref> tasks = new ArrayList<>();
        next.tasks().forEach(task -> tasks.add(new Ref(renamed(task.name(), from, to), task.input())));
        Map<String, Integer> arrivals = new LinkedHashMap<>();
        next.arrivals().forEach((node, count) -> arrivals.merge(node.equals(from) ? to : node, count, Integer::sum));
        next = new Next(tasks, renamed(next.waiting(), from, to), arrivals, renamed(next.fired(), from, to));
        List<Result> before = List.copyOf(results.values());
        results.clear();
        for (Result one : before) {
            add(new Result(renamed(one.name(), from, to), one.writes(), one.failure(), one.compensable()));
        }
        compensable.replaceAll(done -> done.path().equals(path)
                ? new Done(path, done.step(), renamed(done.name(), from, to), done.writes())
                : done);
    }

    private static List<String> renamed(List<String> nodes, String from, String to) {
        return nodes.stream()
                .map(node -> node.equals(from) ? to : node)
                .distinct()
                .toList();
    }

    private static Name renamed(Name name, String from, String to) {
        return name.node().equals(from) ? new Name(to, name.number()) : name;
    }

    /** The results of the step's tasks in task order, those in the record and those with entries of their own. */
    List<Result> ordered(Part record) {
        Map<Name, Result> all = new LinkedHashMap<>(results);
        inline(record).forEach(result -> all.put(result.name(), result));
        List<Result> ordered = new ArrayList<>();
        for (Ref task : next.tasks()) {
            Result result = all.remove(task.name());
            if (result != null) {
                ordered.add(result);
            }
        }
        if (!all.isEmpty()) {
            throw new UnreadableException("it has a result of task " + all.keySet() + ", which was not to run");
        }
        return ordered;
    }

    private List<Result> inline(Part record) {
        List<?> compensable = record.list(Keys.COMPENSABLE);
        List<Result> inline = new ArrayList<>();
        if (record.has(Keys.WRITES)) {
            if (next.tasks().size() != 1) {
                throw new UnreadableException(
                        "it has writes of one task, where " + next.tasks().size() + " were to run");
            }
            Name only = next.tasks().get(0).name();
            inline.add(new Result(only, record.object(Keys.WRITES), null, !compensable.isEmpty()));
        }
        for (Object each : record.list(Keys.RESULTS)) {
            inline.add(named(each, compensable.contains((long) inline.size())));
        }
        return inline;
    }

    private static Result named(@Nullable Object tree, boolean compensable) {
        if (tree instanceof List<?> parts
                && parts.size() >= 2
                && parts.get(0) instanceof String node
                && parts.get(1) instanceof Map<?, ?> writes) {
            int number = parts.size() == 2 ? 0 : Part.count(parts.get(2));
            return new Result(new Name(node, number), writes, null, compensable);
        }
        throw new UnreadableException("it has something else where a task's result is expected");
    }

    /** Applies writes; those to reduce channels wait for their values after the fold. */
    void apply(Map<?, ?> writes) {
        writes.forEach((name, value) -> {
            String key = (String) name;
            if (key.isEmpty()) {
                throw new UnreadableException("it has a write to no channel");
            }
            String channel = bare(key);
            if (key.charAt(0) == APPENDED) {
                append(channel, value);
            } else if (key.charAt(0) != TO_FOLD) {
                values.put(channel, value);
            }
            copy(key, channel, value);
        });
    }

    private void copy(String key, String channel, @Nullable Object value) {
        String copy = copies.get(channel);
        if (copy == null) {
            return;
        }
        if (key.equals(channel)) {
            values.put(copy, value);
        } else {
            append(copy, value);
        }
    }

    @SuppressWarnings("unchecked") // lists of values are made by JsonTree, as lists of anything
    private void append(String channel, @Nullable Object elements) {
        if (!(elements instanceof List<?> more)) {
            throw new UnreadableException("it adds to '" + channel + "' what is no list");
        }
        Object held = values.get(channel);
        if (held == null) {
            values.put(channel, new ArrayList<>(more));
        } else if (held instanceof List<?>) {
            ((List<Object>) held).addAll(more);
        } else {
            throw new UnreadableException("it adds to '" + channel + "', which holds no list");
        }
    }

    void set(Map<?, ?> folded) {
        folded.forEach((name, value) -> values.put((String) name, value));
    }
}
