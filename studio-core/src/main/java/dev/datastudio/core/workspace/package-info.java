/**
 * The workspace: the folder that holds everything a studio keeps, and its state database. Start at
 * {@link dev.datastudio.core.workspace.Workspace}.
 */
@NullMarked
package dev.datastudio.core.workspace;

import org.jspecify.annotations.NullMarked;
