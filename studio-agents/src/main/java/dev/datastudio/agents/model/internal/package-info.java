/** How models are kept, made, called and counted. */
@NullMarked
package dev.datastudio.agents.model.internal;

import org.jspecify.annotations.NullMarked;
