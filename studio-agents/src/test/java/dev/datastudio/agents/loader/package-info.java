@NullMarked
package dev.datastudio.agents.loader;

import org.jspecify.annotations.NullMarked;
