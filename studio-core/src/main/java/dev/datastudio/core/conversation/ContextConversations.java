package dev.datastudio.core.conversation;

import java.util.List;

/**
 * Conversations by what they are about. Immutable.
 *
 * @param totalCount how many there are in the three lists, each counted once
 */
public record ContextConversations(
        List<Conversation> source, List<Conversation> issue, List<Conversation> project, long totalCount) {
    public ContextConversations {
        source = List.copyOf(source);
        issue = List.copyOf(issue);
        project = List.copyOf(project);
    }
}
