package dev.datastudio.app.identity;

import dev.datastudio.app.identity.account.Account;
import dev.datastudio.app.identity.account.Accounts;
import dev.datastudio.app.identity.account.Accounts.Begin;
import dev.datastudio.app.identity.account.Accounts.Choice;
import dev.datastudio.app.identity.account.NewAccount;
import dev.datastudio.app.web.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the administrator who is configured, when nobody has an account, so that it is not whoever finds the server
 * first. The configured password is good for choosing another one, and for nothing else.
 */
final class FirstAdministrator {
    private static final Logger LOG = LoggerFactory.getLogger(FirstAdministrator.class);

    private final IdentityProperties properties;
    private final Accounts accounts;

    FirstAdministrator(IdentityProperties properties, Accounts accounts) {
        this.properties = properties;
        this.accounts = accounts;
    }

    void make() {
        IdentityProperties.Admin admin = properties.admin();
        if (properties.mode() == IdentityProperties.Mode.SINGLE_USER) {
            LOG.info("Single-user mode: nobody signs in, and only this machine is answered."
                    + " Set studio.identity.mode=accounts to work with others");
            return;
        }
        if (!accounts.isEmpty()) {
            return;
        }
        if (admin.email().isEmpty()) {
            LOG.warn("Nobody has an account yet: the first person to sign up becomes the administrator."
                    + " Set studio.identity.admin.email and STUDIO_IDENTITY_ADMIN_PASSWORD to say who that is");
            return;
        }
        try {
            Account made = accounts.begin(
                    new NewAccount(admin.email(), "Administrator", admin.password(), "Studio"),
                    Begin.FIRST_OF_ALL,
                    Choice.TEMPORARY);
            LOG.info("Made the administrator {}, who chooses another password first", made.email());
        } catch (RefusedException e) {
            LOG.info("Another instance made the administrator at the same time", e);
        }
    }
}
