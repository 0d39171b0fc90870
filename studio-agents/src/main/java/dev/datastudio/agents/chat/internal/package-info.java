/** How messages are routed, remembered, answered and kept. */
@NullMarked
package dev.datastudio.agents.chat.internal;

import org.jspecify.annotations.NullMarked;
