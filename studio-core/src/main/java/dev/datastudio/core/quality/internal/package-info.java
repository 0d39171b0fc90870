/** How rules are checked and kept. */
@NullMarked
package dev.datastudio.core.quality.internal;

import org.jspecify.annotations.NullMarked;
