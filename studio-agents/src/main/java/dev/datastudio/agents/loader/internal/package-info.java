/** The graph that loads a database, and those who write about its tables. */
@NullMarked
package dev.datastudio.agents.loader.internal;

import org.jspecify.annotations.NullMarked;
