/** Trained models: kept, found, described, used, deleted. Row A6. */
@NullMarked
package dev.datastudio.ml.registry;

import org.jspecify.annotations.NullMarked;
