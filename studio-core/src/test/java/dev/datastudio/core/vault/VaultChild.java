package dev.datastudio.core.vault;

import dev.datastudio.api.secret.Secret;
import java.io.IOException;
import java.nio.file.Path;

/** Another process of {@link KeyFileVaultTest} that seals a secret when it is told to. */
final class VaultChild {
    private VaultChild() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println("ready");
        System.in.read();
        try (KeyFileVault vault = KeyFileVault.at(Path.of(arguments[0]))) {
            System.out.println(vault.seal("acme", "p", Secret.of("s3cret")));
        }
    }
}
