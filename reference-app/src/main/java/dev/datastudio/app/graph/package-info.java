/** Graphs, their templates, the kinds of their nodes, and their runs, over HTTP. */
@NullMarked
package dev.datastudio.app.graph;

import org.jspecify.annotations.NullMarked;
