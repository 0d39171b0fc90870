package dev.datastudio.cli;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Takes a secret from where nobody else sees it. Immutable.
 *
 * @param what it is called
 * @param variableOption names the variable that has it
 * @param inputOption has it read from standard input
 */
record SecretInput(String what, String variableOption, String inputOption) {
    /** What a person types, not shown. */
    @SuppressWarnings("SystemConsoleNull") // from Java 22 on a line of standard input is read instead
    Secret asked(String whose) {
        Console console = System.console();
        if (console == null) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    whose + " needs a " + what + ", and nobody is there to be asked for it",
                    "Name the variable that has it with " + variableOption + ", or give it with " + inputOption);
        }
        char[] typed = console.readPassword(
                "%s for %s (not shown): ", what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1), whose);
        return Secret.of(typed == null ? "" : new String(typed).strip());
    }

    /** The value of an environment variable. */
    Secret fromVariable(String variable) {
        String value = System.getenv(variable);
        if (value == null || value.isBlank()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The variable " + StudioException.quote(variable) + " is not set",
                    "Set it to the " + what + "; " + variableOption + " takes the variable's name, never the " + what
                            + " itself");
        }
        return Secret.of(value.strip());
    }

    /** One line of standard input. */
    Secret fromInput() {
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            String line = in.readLine();
            return Secret.of(line == null ? "" : line.strip());
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_READABLE,
                    "The " + what + " can't be read from standard input",
                    "Give it as one line, or name a variable with " + variableOption,
                    e);
        }
    }
}
