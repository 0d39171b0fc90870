/** The jail, what is run in it, and the proof that it holds. */
@NullMarked
package dev.datastudio.core.code.internal;

import org.jspecify.annotations.NullMarked;
