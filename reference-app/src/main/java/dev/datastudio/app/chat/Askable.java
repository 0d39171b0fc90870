package dev.datastudio.app.chat;

import dev.datastudio.agents.chat.Chat;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.app.web.SignedIn;
import dev.datastudio.core.Studio;
import java.time.Duration;

/** Chats of people who follow the events of an answer, over a stream or a socket, and so can be asked. */
final class Askable {
    /** For how long a tool waits for somebody to approve of it. */
    private static final Duration MAX_WAIT = Duration.ofMinutes(10);

    private Askable() {}

    /** A person's chat, whose tools ask them; a viewer may let nothing run that does more than read. */
    static Chat chat(Studio studio, SignedIn person) {
        Chat chat = Chat.of(studio).as(person.caller());
        return person.may(Scopes.GRAPH_RUN) ? chat.askingForApproval(MAX_WAIT) : chat;
    }
}
