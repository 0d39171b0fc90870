@NullMarked
package dev.datastudio.agents.eval.internal;

import org.jspecify.annotations.NullMarked;
