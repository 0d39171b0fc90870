package dev.datastudio.cli;

import dev.datastudio.api.secret.Secret;
import picocli.CommandLine.Option;

/** Where a password comes from: a variable, standard input, or a person who is asked for it; never the command itself. */
final class PasswordOption {
    @Option(
            names = "--password-env",
            paramLabel = "VARIABLE",
            description = "name of the environment variable that has the password")
    private String variable = "";

    @Option(names = "--password-stdin", description = "read the password from standard input, one line")
    private boolean fromInput;

    @Option(names = "--no-password", description = "the user has no password")
    private boolean none;

    /** @param user whose password it is, for whoever is asked */
    Secret read(String user) {
        SecretInput input = new SecretInput("password", "--password-env", "--password-stdin");
        if (none) {
            return Secret.of("");
        }
        if (!variable.isEmpty()) {
            return input.fromVariable(variable);
        }
        return fromInput ? input.fromInput() : input.asked("User " + user);
    }
}
