/** How plans are checked, compiled to SQL, run and described; only for {@code dev.datastudio.core.analysis}. */
@NullMarked
package dev.datastudio.core.analysis.internal;

import org.jspecify.annotations.NullMarked;
