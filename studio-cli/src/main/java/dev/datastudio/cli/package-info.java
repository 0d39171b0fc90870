/** The {@code studio} command and the notebook-style shell. */
@NullMarked
package dev.datastudio.cli;

import org.jspecify.annotations.NullMarked;
