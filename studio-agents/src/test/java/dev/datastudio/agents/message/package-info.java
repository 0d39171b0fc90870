@NullMarked
package dev.datastudio.agents.message;

import org.jspecify.annotations.NullMarked;
