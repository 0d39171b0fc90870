package dev.datastudio.app.identity;

import dev.datastudio.app.identity.account.Role;
import dev.datastudio.app.web.RefusedException;
import dev.datastudio.app.web.SignedIn;

/** The one person of single-user mode, where others have an account. */
final class LocalPerson {
    private static final String NAME = "You";
    private static final String ORGANISATION = "This computer";

    private LocalPerson() {}

    static SessionView.User user(SignedIn person) {
        return new SessionView.User(person.caller().user(), person.email(), NAME, Role.ADMIN);
    }

    static SessionView.Group organisation(SignedIn person) {
        return new SessionView.Group(person.caller().tenant(), ORGANISATION);
    }

    /** What is answered to those who want an account. */
    static RefusedException noAccounts() {
        return RefusedException.conflict(
                "SINGLE_USER",
                "There are no accounts in single-user mode: everything is yours",
                "Start with studio.identity.mode=accounts to work with others");
    }
}
