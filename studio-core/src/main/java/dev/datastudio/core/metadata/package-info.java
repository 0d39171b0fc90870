/**
 * The metadata of a studio in a database: {@link dev.datastudio.core.metadata.SqlMetadataStore}, on SQLite and on
 * PostgreSQL.
 */
@NullMarked
package dev.datastudio.core.metadata;

import org.jspecify.annotations.NullMarked;
