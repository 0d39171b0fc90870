package dev.datastudio.core.conversation;

import java.time.Instant;
import java.util.Objects;

/**
 * Messages that follow each other. Immutable.
 *
 * @param id a UUID as text
 * @param user whose it is
 * @param agent who answers, such as {@code data_analyst}; empty when nobody in particular
 * @param title what people call it, 1 to 200 characters
 * @param about what it is about
 * @param status whether it goes on
 * @param messages how many messages it has, on all branches
 * @param head the number of the last message of the active branch; 0 when there is none
 * @param revision one more with each change and each message
 */
public record Conversation(
        String id,
        String user,
        String agent,
        String title,
        About about,
        Status status,
        long messages,
        long head,
        long revision,
        Instant createdAt,
        Instant changedAt) {
    public Conversation {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(about, "about");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(changedAt, "changedAt");
    }

    Conversation with(String newTitle, Status newStatus) {
        return new Conversation(
                id, user, agent, newTitle, about, newStatus, messages, head, revision, createdAt, changedAt);
    }

    Conversation with(About newAbout) {
        return new Conversation(
                id, user, agent, title, newAbout, status, messages, head, revision, createdAt, changedAt);
    }

    Conversation with(long newMessages, long newHead) {
        return new Conversation(
                id, user, agent, title, about, status, newMessages, newHead, revision, createdAt, changedAt);
    }

    /** What a conversation is about: ids, each empty when it is not about such a thing. */
    public record About(String source, String issue, String project) {
        /** About nothing in particular. */
        public static final About NOTHING = new About("", "", "");

        public About {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(issue, "issue");
            Objects.requireNonNull(project, "project");
        }
    }

    /** Whether a conversation goes on. */
    public enum Status {
        ACTIVE,
        ARCHIVED
    }
}
