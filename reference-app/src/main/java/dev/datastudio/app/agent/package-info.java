/** The agents of an organisation and the tools that there are. */
@NullMarked
package dev.datastudio.app.agent;

import org.jspecify.annotations.NullMarked;
