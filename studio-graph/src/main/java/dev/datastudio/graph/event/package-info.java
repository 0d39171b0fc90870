/**
 * What a run reports while it goes on: {@link dev.datastudio.graph.event.RunEvent}, in order, to a
 * listener that the run waits for, or by an {@link dev.datastudio.graph.event.EventStream} that never holds the run up.
 */
@NullMarked
package dev.datastudio.graph.event;

import org.jspecify.annotations.NullMarked;
