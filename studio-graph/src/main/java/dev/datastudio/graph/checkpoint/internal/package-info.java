/** What the checkpoint stores have in common: their SQL, their refusals and the numbers they keep times as. */
@NullMarked
package dev.datastudio.graph.checkpoint.internal;

import org.jspecify.annotations.NullMarked;
