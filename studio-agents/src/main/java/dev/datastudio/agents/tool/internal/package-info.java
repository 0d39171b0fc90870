/** How tools are made, checked and run. */
@NullMarked
package dev.datastudio.agents.tool.internal;

import org.jspecify.annotations.NullMarked;
