/** How numbers are read out of texts and compared. */
@NullMarked
package dev.datastudio.agents.figure.internal;

import org.jspecify.annotations.NullMarked;
