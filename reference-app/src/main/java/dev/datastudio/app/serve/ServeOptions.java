package dev.datastudio.app.serve;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a server is started with. Immutable.
 *
 * @param port where it listens; 0 for any free one
 * @param host the address it listens at
 * @param workspace the folder of its data
 * @param users who may use it
 * @param sourceFolders the folders in which files of SQLite and DuckDB may be connected, in the order given
 */
record ServeOptions(int port, String host, Path workspace, Users users, List<Path> sourceFolders) {
    static final String USAGE = """
            Usage: studio serve [--port PORT] [--workspace DIR] [--source-folder DIR]... [--accounts [--host ADDRESS]]

            Starts Studio as a web application.

              --port PORT          where it listens (default: 8080)
              --workspace DIR      where it keeps data (default: $STUDIO_WORKSPACE, else studio-data)
              --source-folder DIR  files of SQLite and DuckDB in it may be connected; may be given again
              --accounts           people sign in; without it, whoever uses this machine may do everything
              --host ADDRESS       the address it listens at (default: 127.0.0.1, this machine only)""";

    private static final int DEFAULT_PORT = 8080;
    private static final String LOOPBACK = "127.0.0.1";

    /** Who may use a server. */
    enum Users {
        /** Whoever uses this machine. */
        OF_THIS_MACHINE,
        /** Who has an account. */
        WITH_ACCOUNTS
    }

    /**
     * Reads a command line.
     *
     * @param unlessSaid the workspace when none is named
     * @throws IllegalArgumentException that says what is wrong with it and how to mend it
     */
    static ServeOptions parse(List<String> arguments, Path unlessSaid) {
        Deque<String> left = new ArrayDeque<>(arguments);
        ServeOptions options = new ServeOptions(DEFAULT_PORT, LOOPBACK, unlessSaid, Users.OF_THIS_MACHINE, List.of());
        while (!left.isEmpty()) {
            options = options.with(left.pop(), left);
        }
        return options.checked();
    }

    private ServeOptions with(String option, Deque<String> left) {
        int equals = option.indexOf('=');
        if (option.startsWith("--") && equals > 0) {
            left.push(option.substring(equals + 1));
            return with(option.substring(0, equals), left);
        }
        return switch (option) {
            case "--port" -> new ServeOptions(port(value(option, left)), host, workspace, users, sourceFolders);
            case "--host" -> new ServeOptions(port, value(option, left), workspace, users, sourceFolders);
            case "--workspace" -> new ServeOptions(port, host, Path.of(value(option, left)), users, sourceFolders);
            case "--source-folder" ->
                new ServeOptions(port, host, workspace, users, and(sourceFolders, folder(value(option, left))));
            case "--accounts" -> new ServeOptions(port, host, workspace, Users.WITH_ACCOUNTS, sourceFolders);
            default ->
                throw new IllegalArgumentException("'" + option
                        + "' is no option of 'studio serve'. Use one of --port, --workspace, --source-folder,"
                        + " --accounts, --host");
        };
    }

    private static String value(String option, Deque<String> left) {
        if (left.isEmpty() || left.peek().isBlank()) {
            throw new IllegalArgumentException("There is no value after " + option + ". Give one");
        }
        return left.pop();
    }

    private static List<Path> and(List<Path> folders, Path one) {
        return Stream.concat(folders.stream(), Stream.of(one)).toList();
    }

    private static Path folder(String text) {
        Path folder = Path.of(text).toAbsolutePath().normalize();
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no folder. Give one with files of SQLite or DuckDB in it");
        }
        return folder;
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException("'" + text + "' is no port. Give a number from 1 to 65535");
        }
        return Integer.parseInt(text);
    }

    /** Without accounts, whoever reaches the server may do everything: only this machine may reach it. */
    private ServeOptions checked() {
        if (users == Users.OF_THIS_MACHINE && !isLoopback()) {
            throw new IllegalArgumentException("Without accounts Studio listens to this machine only, and '" + host
                    + "' can be reached from elsewhere. Add --accounts, so that people sign in, or leave --host out");
        }
        return this;
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "'" + host + "' is no address of this machine. Give one such as 127.0.0.1 or 0.0.0.0", e);
        }
    }

    /** The settings of the application that say the same. */
    List<String> settings() {
        boolean isOpen = users == Users.WITH_ACCOUNTS;
        List<String> settings = new ArrayList<>(List.of(
                "--server.port=" + port,
                "--server.address=" + host,
                "--studio.workspace=" + workspace.toAbsolutePath().normalize(),
                "--studio.identity.mode=" + (isOpen ? "accounts" : "single-user"),
                "--studio.models.reach=" + (isOpen ? "public-only" : "this-machine")));
        for (int i = 0; i < sourceFolders.size(); i++) {
            settings.add("--studio.sources.file-folders[" + i + "]=" + sourceFolders.get(i));
        }
        return settings;
    }
}
