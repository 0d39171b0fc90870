/** A workspace in one file, and back: {@link dev.datastudio.core.backup.Backups}. */
@NullMarked
package dev.datastudio.core.backup;

import org.jspecify.annotations.NullMarked;
