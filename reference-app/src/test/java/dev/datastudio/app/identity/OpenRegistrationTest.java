package dev.datastudio.app.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.app.AppServer;
import dev.datastudio.app.OpenIdProvider;
import dev.datastudio.app.Person;
import dev.datastudio.app.identity.account.Accounts;
import dev.datastudio.app.identity.account.Organisations;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sign-in through a provider where anybody may begin an organisation, and one whose organisation goes (G17). */
@Timeout(120)
class OpenRegistrationTest {
    private static final String AUTH = "/api/v1/auth";

    @TempDir
    Path workspace;

    private String[] settings(OpenIdProvider provider, String organisation) {
        String acme = "studio.identity.oidc.acme.";
        List<String> settings = new ArrayList<>(List.of(
                "studio.workspace=" + workspace,
                "studio.identity.mode=accounts",
                "studio.identity.registration=open",
                "server.forward-headers-strategy=native",
                acme + "issuer=" + provider.issuer(),
                acme + "client-id=" + OpenIdProvider.CLIENT,
                acme + "client-secret=" + OpenIdProvider.SECRET));
        if (!organisation.isEmpty()) {
            settings.add(acme + "organisation=" + organisation);
        }
        return settings.toArray(String[]::new);
    }

    /** Goes the whole way through the provider, from an address of its own; where it ends. */
    private static String signIn(AppServer app, OpenIdProvider provider) {
        Person browser = app.nobody();
        URI there = URI.create(get(browser, AUTH + "/oidc/acme").header("Location"));
        URI back = provider.visit(there, browser);
        return get(browser, back.getRawPath() + "?" + back.getRawQuery()).header("Location");
    }

    private static Person.Reply get(Person browser, String path) {
        return browser.send(browser.request(path)
                        .header("X-Forwarded-For", "198.51.100.23")
                        .GET())
                .is(302);
    }

    @Test
    void nobodyGetsAnAccountOfAnotherByItsAddressAndAnOrganisationThatIsGoneFailsTheStart() throws Exception {
        try (OpenIdProvider provider = OpenIdProvider.start()) {
            String organisation;
            try (AppServer app = AppServer.start(settings(provider, ""))) {
                Person ada = app.newPerson();
                organisation = ada.account().caller().tenant();
                String invited = UUID.randomUUID() + "@example.org";
                ada.post("/api/v1/invitations", "{'email':'" + invited + "','role':'editor'}")
                        .is(201);

                // Whoever begins an organisation can write any address into it: neither of these proves a thing.
                provider.is("somebody", ada.account().email(), true);
                String linked = signIn(app, provider);
                provider.is("somebody", invited, true);
                String joined = signIn(app, provider);

                assertTrue(linked.startsWith("/sign-in?problem="), linked);
                assertTrue(joined.startsWith("/sign-in?problem="), joined);
                assertTrue(app.bean(Accounts.class).find(invited).isEmpty(), "an account was made");
                String name =
                        ada.get("/api/v1/organisation").json().path("name").asString();
                String body = "{\"name\":\"" + name + "\",\"password\":\"" + Person.PASSWORD + "\"}";
                ada.send(ada.request("/api/v1/organisation")
                                .header("Content-Type", "application/json")
                                .method("DELETE", BodyPublishers.ofString(body)))
                        .is(202);
                assertTrue(!app.bean(Organisations.class).exists(organisation), "it is to be gone at once");
            }

            Exception failed = assertThrows(
                    Exception.class,
                    () -> AppServer.start(settings(provider, organisation)).close());

            Throwable cause = failed;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            assertEquals(
                    "studio.identity.oidc.acme.organisation is '" + organisation
                            + "', and there is no organisation with this id. Take the id that GET /api/v1/organisation"
                            + " shows, or leave it out",
                    cause.getMessage());
        }
    }
}
