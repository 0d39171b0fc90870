/** What needs Neo4j's driver. */
@NullMarked
package dev.datastudio.rag.relation.internal;

import org.jspecify.annotations.NullMarked;
