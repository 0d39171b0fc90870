@NullMarked
package dev.datastudio.agents.eval;

import org.jspecify.annotations.NullMarked;
