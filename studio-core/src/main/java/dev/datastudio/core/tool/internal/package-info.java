/** How the data tools read their arguments and write their rows. */
@NullMarked
package dev.datastudio.core.tool.internal;

import org.jspecify.annotations.NullMarked;
