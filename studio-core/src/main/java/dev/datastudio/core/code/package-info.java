/** Runs Python in a jail of namespaces: {@link dev.datastudio.core.code.BubblewrapPython}. */
@NullMarked
package dev.datastudio.core.code;

import org.jspecify.annotations.NullMarked;
