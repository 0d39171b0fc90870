/**
 * Gets to know a connected database: {@link dev.datastudio.agents.loader.DatabaseLoader} reads its schema, says of each
 * table what it is, finds how the tables belong together, and keeps all that for people and for the search for tables.
 *
 * <pre>{@code
 * LoadReport report = DatabaseLoader.of(studio).load(source.id());
 * report.relations().forEach(System.out::println);
 * }</pre>
 */
@NullMarked
package dev.datastudio.agents.loader;

import org.jspecify.annotations.NullMarked;
