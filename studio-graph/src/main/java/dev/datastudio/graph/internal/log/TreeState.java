package dev.datastudio.graph.internal.log;

import dev.datastudio.graph.SavedState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a migration sees of one loop of a thread. Not thread-safe. */
final class TreeState implements SavedState {
    private final LogFold fold;
    private final LoopFold loop;

    TreeState(LogFold fold, LoopFold loop) {
        this.fold = fold;
        this.loop = loop;
    }

    @Override
    public Set<String> channels() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(loop.values.keySet()));
    }

    @Override
    public Optional<Object> find(String channel) {
        return Optional.ofNullable(loop.values.get(channel));
    }

    @Override
    public void put(String channel, Object value) {
        loop.values.put(channel, tree(value));
    }

    private static @Nullable Object tree(@Nullable Object value) {
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof Long) {
            return value;
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? number : (Object) number.toString();
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(each -> copy.add(tree(each)));
            return copy;
        }
        if (value instanceof Map<?, ?> map && map.keySet().stream().allMatch(String.class::isInstance)) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, each) -> copy.put((String) key, tree(each)));
            return copy;
        }
        throw new IllegalArgumentException("value must be a String, Boolean, Integer, Long, Double, List or Map with"
                + " String keys, was a " + value.getClass().getName());
    }

    @Override
    public void remove(String channel) {
        loop.values.remove(channel);
    }

    @Override
    public Set<String> nodes() {
        Set<String> nodes = new LinkedHashSet<>();
        loop.next.tasks().forEach(task -> nodes.add(task.name().node()));
        nodes.addAll(loop.next.waiting());
        nodes.addAll(loop.next.arrivals().keySet());
        return Collections.unmodifiableSet(nodes);
    }

    @Override
    public void renameNode(String from, String to) {
        Renaming.rename(fold, loop, from, to);
    }
}
