/** What agents, models and protocols can call: {@link dev.datastudio.api.tool.Tool}. */
@NullMarked
package dev.datastudio.api.tool;

import org.jspecify.annotations.NullMarked;
