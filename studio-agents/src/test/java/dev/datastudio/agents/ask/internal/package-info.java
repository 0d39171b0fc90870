@NullMarked
package dev.datastudio.agents.ask.internal;

import org.jspecify.annotations.NullMarked;
