/** Relations between tables in a graph database: {@link dev.datastudio.rag.relation.Neo4jRelationStore}. */
@NullMarked
package dev.datastudio.rag.relation;

import org.jspecify.annotations.NullMarked;
