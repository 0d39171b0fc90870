/**
 * Conversations with agents: {@link dev.datastudio.agents.chat.Chat} takes a message, chooses who answers it, streams
 * what happens, and keeps the answer with its trace.
 *
 * <pre>{@code
 * Chat chat = Chat.of(studio);
 * ChatReply first = chat.send(ChatRequest.of("Which region sells most?").about(sales.id().toString())).await();
 * ChatReply second = chat.send(ChatRequest.of("And least?").in(first.conversation())).await();
 * }</pre>
 */
@NullMarked
package dev.datastudio.agents.chat;

import org.jspecify.annotations.NullMarked;
