/** How graphs and agentic workflows are joined; not part of the API. */
@NullMarked
package dev.datastudio.agents.agentic.internal;

import org.jspecify.annotations.NullMarked;
