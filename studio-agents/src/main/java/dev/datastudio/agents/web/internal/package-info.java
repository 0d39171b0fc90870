/** How the web is searched and read. */
@NullMarked
package dev.datastudio.agents.web.internal;

import org.jspecify.annotations.NullMarked;
