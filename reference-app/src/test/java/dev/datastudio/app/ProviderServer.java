package dev.datastudio.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An application in which people sign in through a provider of identities, too: {@code acme} lets in who has an account
 * or an invitation, {@code house} makes everybody an editor of one organisation. Shared by the tests of a process.
 */
public record ProviderServer(AppServer app, OpenIdProvider provider, String organisation) {
    private static @Nullable ProviderServer shared;

    /** The one that all tests share; ends with the process. */
    public static synchronized ProviderServer shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    private static ProviderServer start() {
        OpenIdProvider provider = OpenIdProvider.start();
        String workspace = "studio.workspace=" + folder();
        String mode = "studio.identity.mode=accounts";
        String organisation;
        try (AppServer before = AppServer.start(workspace, mode)) {
            organisation = before.newPerson().account().caller().tenant();
        }
        String acme = "studio.identity.oidc.acme.";
        String house = "studio.identity.oidc.house.";
        AppServer app = AppServer.start(
                workspace,
                mode,
                "server.forward-headers-strategy=native",
                acme + "issuer=" + provider.issuer(),
                acme + "client-id=" + OpenIdProvider.CLIENT,
                acme + "client-secret=" + OpenIdProvider.SECRET,
                acme + "display-name=Acme",
                house + "issuer=" + provider.issuer(),
                house + "client-id=" + OpenIdProvider.CLIENT,
                house + "client-secret=" + OpenIdProvider.SECRET,
                house + "organisation=" + organisation,
                house + "role=editor");
        Runtime.getRuntime().addShutdownHook(new Thread(app::close));
        return new ProviderServer(app, provider, organisation);
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory(Path.of("target"), "workspace");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
