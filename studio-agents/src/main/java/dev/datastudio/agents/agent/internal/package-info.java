/** How agents work inside. */
@NullMarked
package dev.datastudio.agents.agent.internal;

import org.jspecify.annotations.NullMarked;
