/**
 * Mends statements that a database did not run, by their syntax trees: names, quotes, groups and plain differences
 * between dialects. What comes out passes the gate like any other statement.
 */
@NullMarked
package dev.datastudio.agents.reporter.internal.repair;

import org.jspecify.annotations.NullMarked;
