/**
 * What is known of tables beyond their catalogue: {@link dev.datastudio.core.schema.TableDocs} keeps for each table of a
 * database what it holds, technically and for the business, and {@link dev.datastudio.core.schema.SchemaSearch} finds
 * the tables that a question is about, by a {@link dev.datastudio.core.schema.TableSearch} of another module or by words.
 *
 * <pre>{@code
 * FoundTables found = SchemaSearch.of(studio).find(TableQuery.everywhere("revenue by country"), Cancellation.none());
 * }</pre>
 */
@NullMarked
package dev.datastudio.core.schema;

import org.jspecify.annotations.NullMarked;
