/**
 * What people and agents said, kept: {@link dev.datastudio.core.conversation.Conversations}; who answers now:
 * {@link dev.datastudio.core.conversation.Turns}.
 */
@NullMarked
package dev.datastudio.core.conversation;

import org.jspecify.annotations.NullMarked;
