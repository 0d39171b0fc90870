package dev.datastudio.cli;

import dev.datastudio.agents.model.Provider;
import dev.datastudio.api.secret.Secret;
import picocli.CommandLine.Option;

/** Where a key comes from: a variable, standard input, or a person who is asked for it. */
final class KeyOption {
    @Option(
            names = "--key-env",
            paramLabel = "VARIABLE",
            description = "name of the environment variable that has the key")
    private String variable = "";

    @Option(names = "--key-stdin", description = "read the key from standard input, one line")
    private boolean fromInput;

    /** The key; empty where the provider needs none and nobody gave one. */
    Secret read(Provider provider) {
        SecretInput input = new SecretInput("key", "--key-env", "--key-stdin");
        if (!variable.isEmpty()) {
            return input.fromVariable(variable);
        }
        if (fromInput) {
            return input.fromInput();
        }
        return provider.worksWithoutKey() ? Secret.of("") : input.asked(provider.title());
    }
}
