/** How a backup is written, read and checked. */
@NullMarked
package dev.datastudio.core.backup.internal;

import org.jspecify.annotations.NullMarked;
