/** How cleaning steps are compiled, measured, written and described; only for {@code dev.datastudio.core.cleaning}. */
@NullMarked
package dev.datastudio.core.cleaning.internal;

import org.jspecify.annotations.NullMarked;
