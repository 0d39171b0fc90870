/** What the rooms of the workspace share: errors of the file system, files that only their owner may read,
 * tables and errors of PostgreSQL. */
@NullMarked
package dev.datastudio.core.workspace.internal;

import org.jspecify.annotations.NullMarked;
