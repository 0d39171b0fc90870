package dev.datastudio.agents.ask.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.relation.Key;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How data sets hang together: relations are looked for once for each caller and set of contents, and what people decided
 * about them goes first. Thread-safe.
 */
final class KnownRelations {
    private static final long MAX_LIVE = 1_000;

    private final Studio studio;

    private record Asked(Caller caller, List<String> contents) {}

    private final Cache<Asked, List<Relation>> found =
            Caffeine.newBuilder().maximumSize(MAX_LIVE).build();

    KnownRelations(Studio studio) {
        this.studio = studio;
    }

    /** All relations between some data sets of a caller, with what is decided about them; none for a single one. */
    List<Relation> of(Caller caller, List<Dataset> datasets, Cancellation cancellation) {
        if (datasets.size() < 2) {
            return List.of();
        }
        List<Relation> looked = found.get(
                new Asked(caller, contents(datasets)),
                key -> studio.relations().as(caller).find(datasets, ProgressListener.NONE, cancellation));
        Map<List<Key>, Relation> kept = new HashMap<>();
        for (Relation relation : stored(caller, datasets)) {
            kept.put(List.of(relation.from(), relation.to()), relation);
        }
        List<Relation> all = new ArrayList<>();
        for (Relation relation : looked) {
            Relation decided = kept.remove(List.of(relation.from(), relation.to()));
            all.add(decided == null ? relation : decided);
        }
        kept.values().stream()
                .filter(r -> r.status() == Relation.Status.ACCEPTED)
                .forEach(all::add);
        return List.copyOf(all);
    }

    /** What people decided about relations between some data sets, as a text that changes with it. */
    String decided(Caller caller, List<Dataset> datasets) {
        if (datasets.size() < 2) {
            return "";
        }
        return stored(caller, datasets).stream()
                .filter(r -> r.status() != Relation.Status.PROPOSED)
                .map(r -> r.from() + " " + r.to() + " " + r.status())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private List<Relation> stored(Caller caller, List<Dataset> datasets) {
        Set<TableRef> tables =
                datasets.stream().map(d -> TableRef.dataset(d.table())).collect(Collectors.toSet());
        return studio.relations().as(caller).list(tables).stream()
                .filter(r -> tables.contains(r.from().table()) && tables.contains(r.to().table()))
                .toList();
    }

    private static List<String> contents(List<Dataset> datasets) {
        return datasets.stream().map(d -> d.table() + "=" + d.contentHash()).toList();
    }
}
