/** How a question flows to its answer; not for use outside this module. */
@NullMarked
package dev.datastudio.agents.ask.internal;

import org.jspecify.annotations.NullMarked;
