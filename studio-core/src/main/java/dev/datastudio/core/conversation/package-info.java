/** What people and agents said, kept: {@link dev.datastudio.core.conversation.Conversations}. */
@NullMarked
package dev.datastudio.core.conversation;

import org.jspecify.annotations.NullMarked;
