/** How exports are written. */
@NullMarked
package dev.datastudio.core.export.internal;

import org.jspecify.annotations.NullMarked;
