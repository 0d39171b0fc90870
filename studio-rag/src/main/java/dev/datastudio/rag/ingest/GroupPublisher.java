package dev.datastudio.rag.ingest;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchIndex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Publishes together what several threads want published, as a commit costs about the same for one version and for many:
 * whoever comes while one is made waits for the next one, which takes all that wait. Thread-safe.
 */
final class GroupPublisher {
    private final SearchIndex searched;
    private final List<Waiting> queue = new ArrayList<>();
    private final Set<IndexName> busy = new HashSet<>();

    /** Publishes in an index, which stays open. */
    GroupPublisher(SearchIndex searched) {
        this.searched = searched;
    }

    /** A version that a thread waits for. */
    private static final class Waiting {
        private final IndexName index;
        private final PassageKey.Version version;
        private boolean isTaken;
        private boolean isDone;

        Waiting(IndexName index, PassageKey.Version version) {
            this.index = index;
            this.version = version;
        }
    }

    /**
     * Publishes a version, alone or with others of different documents; as {@link SearchIndex#publish}. When that fails,
     * the one that did it is told, and the others try by themselves.
     *
     * @param cancellation ends it, unless another thread publishes the version at the moment: then that is waited for
     */
    void publish(IndexName index, PassageKey.Version version, Cancellation cancellation) {
        Waiting mine = new Waiting(index, version);
        List<Waiting> group;
        Cancellation.Registration waking = cancellation.onCancel(this::wake);
        try (waking) {
            group = join(mine, cancellation);
        }
        if (group.isEmpty()) {
            return;
        }
        boolean isDone = false;
        try {
            searched.publish(index, group.stream().map(each -> each.version).toList(), cancellation);
            isDone = true;
        } finally {
            leave(mine, group, isDone);
        }
    }

    private synchronized void wake() {
        notifyAll();
    }

    /** Whom to publish for; nobody when another thread has done it. */
    private synchronized List<Waiting> join(Waiting mine, Cancellation cancellation) {
        queue.add(mine);
        boolean interrupted = false;
        while (!mine.isDone && busy.contains(mine.index)) {
            if (!mine.isTaken && cancellation.isCancelled()) {
                queue.remove(mine);
                throw Cancellation.cancelledError();
            }
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true; // it takes a moment, and half of it helps nobody
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (mine.isDone) {
            return List.of();
        }
        busy.add(mine.index);
        List<Waiting> group = new ArrayList<>();
        Set<String> documents = new HashSet<>();
        group.add(mine);
        documents.add(mine.version.document());
        for (Waiting each : queue) {
            if (each.index.equals(mine.index) && documents.add(each.version.document())) {
                group.add(each);
            }
        }
        group.forEach(each -> each.isTaken = true);
        return group;
    }

    private synchronized void leave(Waiting mine, List<Waiting> group, boolean isDone) {
        busy.remove(mine.index);
        queue.remove(mine);
        group.forEach(each -> each.isTaken = false);
        if (isDone) {
            queue.removeAll(group);
            group.forEach(each -> each.isDone = true);
        }
        notifyAll();
    }
}
