/**
 * How tables belong together: relations with their evidence, kept in a {@link
 * dev.datastudio.api.relation.RelationStore}.
 */
@NullMarked
package dev.datastudio.api.relation;

import org.jspecify.annotations.NullMarked;
