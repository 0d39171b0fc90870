/** Deletes everything of somebody who goes: {@link dev.datastudio.core.erasure.Erasure}. */
@NullMarked
package dev.datastudio.core.erasure;

import org.jspecify.annotations.NullMarked;
