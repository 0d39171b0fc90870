/** What a run reports while it goes on: {@link dev.datastudio.graph.event.RunEvent}, in order, to a listener. */
@NullMarked
package dev.datastudio.graph.event;

import org.jspecify.annotations.NullMarked;
