package dev.datastudio.cli;

import dev.datastudio.testkit.model.ScriptedModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A scripted model to try the command line with by hand: give it a script as {@link ScriptedModelServer#script} takes
 * it, and configure the address that it prints as a model of the provider {@code generic}.
 */
final class ScriptedModel {
    private ScriptedModel() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (ScriptedModelServer server = ScriptedModelServer.start()) {
            server.script(Files.readString(Path.of(arguments[0])));
            System.out.println(server.baseUrl());
            Thread.currentThread().join();
        }
    }
}
