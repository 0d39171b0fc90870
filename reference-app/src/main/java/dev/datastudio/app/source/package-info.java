/** Databases: how they are reached, what is in them, imports and previews. */
@NullMarked
package dev.datastudio.app.source;

import org.jspecify.annotations.NullMarked;
