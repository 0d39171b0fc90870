package dev.datastudio.graph.checkpoint.internal;

import dev.datastudio.api.checkpoint.Append;
import dev.datastudio.api.checkpoint.AppendResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The appends of one call to one thread: which of them follow on each other from where the thread stands, so that its row
 * is changed once for all of them. Not thread-safe.
 */
final class AppendChain {
    private final List<Append> appends = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();
    private final BitSet linked = new BitSet();

    /** @param place of the append in the call */
    void add(Append append, int place) {
        appends.add(append);
        places.add(place);
    }

    Append first() {
        return appends.get(0);
    }

    /** Those that are stored when the thread stands at this epoch and head. */
    List<Append> link(long epoch, long head) {
        linked.clear();
        List<Append> stored = new ArrayList<>(appends.size());
        long reached = head;
        for (int i = 0; i < appends.size(); i++) {
            Append append = appends.get(i);
            if (append.epoch() == epoch && append.expectedHead() == reached) {
                linked.set(i);
                stored.add(append);
                reached += append.entries().size();
            }
        }
        return stored;
    }

    /** Notes that those last linked were stored, and no others. */
    void settle(AppendResult[] results) {
        for (int i = 0; i < appends.size(); i++) {
            results[places.get(i)] = linked.get(i) ? AppendResult.STORED : AppendResult.SUPERSEDED;
        }
    }

    static AppendResult[] superseded(int count) {
        AppendResult[] results = new AppendResult[count];
        Arrays.fill(results, AppendResult.SUPERSEDED);
        return results;
    }
}
