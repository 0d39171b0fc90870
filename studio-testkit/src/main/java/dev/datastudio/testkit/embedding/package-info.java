/** What every embedder must do, and a small one that needs no model. */
@NullMarked
package dev.datastudio.testkit.embedding;

import org.jspecify.annotations.NullMarked;
