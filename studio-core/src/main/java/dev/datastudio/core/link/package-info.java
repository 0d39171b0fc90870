/**
 * URLs that let whoever has them read or write one artifact for a while: {@link dev.datastudio.core.link.SignedLinks},
 * {@link dev.datastudio.core.link.LinkServer}, which serves them on this machine, and {@link
 * dev.datastudio.core.link.LinkTransfer}, with which another server does.
 */
@NullMarked
package dev.datastudio.core.link;

import org.jspecify.annotations.NullMarked;
