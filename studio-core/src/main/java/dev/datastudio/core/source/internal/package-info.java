/** How databases are reached, asked and read. */
@NullMarked
package dev.datastudio.core.source.internal;

import org.jspecify.annotations.NullMarked;
