package dev.datastudio.cli;

import dev.datastudio.agents.model.Provider;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
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
        if (!variable.isEmpty()) {
            return fromVariable();
        }
        if (fromInput) {
            return fromInput();
        }
        if (provider.worksWithoutKey()) {
            return Secret.of("");
        }
        return asked(provider);
    }

    @SuppressWarnings("SystemConsoleNull") // from Java 22 on a line of standard input is read instead
    private static Secret asked(Provider provider) {
        Console console = System.console();
        if (console == null) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    provider.title() + " needs a key, and nobody is there to be asked for it",
                    "Name the variable that has it with --key-env, or give it with --key-stdin");
        }
        char[] typed = console.readPassword("Key for %s (not shown): ", provider.title());
        return Secret.of(typed == null ? "" : new String(typed).strip());
    }

    private Secret fromVariable() {
        String value = System.getenv(variable);
        if (value == null || value.isBlank()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The variable " + StudioException.quote(variable) + " is not set",
                    "Set it to the key; --key-env takes the variable's name, never the key itself");
        }
        return Secret.of(value.strip());
    }

    private static Secret fromInput() {
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            String line = in.readLine();
            return Secret.of(line == null ? "" : line.strip());
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_READABLE,
                    "The key can't be read from standard input",
                    "Give it as one line, or name a variable with --key-env",
                    e);
        }
    }
}
