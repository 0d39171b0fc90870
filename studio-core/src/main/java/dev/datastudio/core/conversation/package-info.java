/**
 * What people and agents said, kept: {@link dev.datastudio.core.conversation.Conversations}; who answers now:
 * {@link dev.datastudio.core.conversation.Turns}; what people think of it: {@link dev.datastudio.core.conversation.Ratings}.
 */
@NullMarked
package dev.datastudio.core.conversation;

import org.jspecify.annotations.NullMarked;
