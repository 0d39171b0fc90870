@NullMarked
package dev.datastudio.agents.dependant;

import org.jspecify.annotations.NullMarked;
