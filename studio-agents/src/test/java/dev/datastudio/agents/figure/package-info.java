@NullMarked
package dev.datastudio.agents.figure;

import org.jspecify.annotations.NullMarked;
