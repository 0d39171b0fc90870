package dev.datastudio.app.identity;

import java.net.URI;
import java.time.Duration;

/**
 * Sends people links by mail. An application that has a bean of this type, and {@code studio.identity.base-url}, lets
 * people recover their accounts by themselves; without it, an administrator makes the link in the list of members.
 * Called on a thread of its own; must be thread-safe.
 */
public interface AccountMail {
    /**
     * Sends the link with which somebody chooses another password.
     *
     * @param email where to
     * @param name what they are called
     * @param link secret: who has it can choose the password
     * @param validity how long it works
     */
    void sendPasswordLink(String email, String name, URI link, Duration validity);
}
