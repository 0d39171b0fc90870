/** How models are kept. */
@NullMarked
package dev.datastudio.ml.registry.internal;

import org.jspecify.annotations.NullMarked;
