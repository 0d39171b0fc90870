/**
 * Finds how tables belong together and keeps it: {@link dev.datastudio.core.relation.RelationFinder} looks at declared
 * keys, names, types and values, {@link dev.datastudio.core.relation.SqlRelationStore} keeps what was found.
 */
@NullMarked
package dev.datastudio.core.relation;

import org.jspecify.annotations.NullMarked;
