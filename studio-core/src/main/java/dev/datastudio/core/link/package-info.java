/**
 * URLs that let whoever has them read or write one artifact for a while: {@link dev.datastudio.core.link.SignedLinks},
 * and {@link dev.datastudio.core.link.LinkServer}, which serves them on this machine.
 */
@NullMarked
package dev.datastudio.core.link;

import org.jspecify.annotations.NullMarked;
