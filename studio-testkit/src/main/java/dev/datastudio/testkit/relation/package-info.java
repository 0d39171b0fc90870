/** What every relation store must do: {@link dev.datastudio.testkit.relation.RelationStoreContract}. */
@NullMarked
package dev.datastudio.testkit.relation;

import org.jspecify.annotations.NullMarked;
