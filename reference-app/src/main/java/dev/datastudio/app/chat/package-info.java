/** Conversations with agents: kept, answered over JSON, server-sent events and WebSockets. */
@NullMarked
package dev.datastudio.app.chat;

import org.jspecify.annotations.NullMarked;
