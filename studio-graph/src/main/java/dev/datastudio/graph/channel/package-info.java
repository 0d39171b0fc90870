/**
 * The state of a graph: typed {@link dev.datastudio.graph.channel.Channel}s, read through a {@link
 * dev.datastudio.graph.channel.View} and written by returning an {@link dev.datastudio.graph.channel.Update}.
 */
@NullMarked
package dev.datastudio.graph.channel;

import org.jspecify.annotations.NullMarked;
