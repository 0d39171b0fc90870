/** Descriptions of tables in a search index, so that the tables that a question is about are found. */
@NullMarked
package dev.datastudio.rag.schema;

import org.jspecify.annotations.NullMarked;
