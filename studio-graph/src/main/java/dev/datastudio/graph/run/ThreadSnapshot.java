package dev.datastudio.graph.run;

import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.event.Interrupt;
import java.util.List;

/**
 * What a thread's log says about a moment. Immutable.
 *
 * @param checkpoint the moment
 * @param state the values of all channels then
 * @param interrupts what it waited for, if it did
 */
public record ThreadSnapshot(Checkpoint checkpoint, View state, List<Interrupt> interrupts) {
    public ThreadSnapshot {
        interrupts = List.copyOf(interrupts);
    }
}
