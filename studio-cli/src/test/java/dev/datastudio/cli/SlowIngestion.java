package dev.datastudio.cli;

import dev.datastudio.core.Studio;
import dev.datastudio.rag.AddOptions;
import dev.datastudio.rag.Documents;
import java.io.IOException;
import java.nio.file.Path;

/** Adds a file, and in the stage that it is told waits for a byte before it goes on. */
final class SlowIngestion {
    private SlowIngestion() {}

    /** Takes the workspace, the file and the stage. */
    public static void main(String[] args) {
        try (Studio studio = Studio.open(Path.of(args[0]))) {
            AddOptions options = AddOptions.DEFAULT.telling(progress -> {
                if (progress.stage().equals(args[2])) {
                    await();
                }
            });
            System.out.println(Documents.of(studio)
                    .add(Path.of(args[1]), options)
                    .ingestion()
                    .state());
        }
    }

    private static void await() {
        System.out.println("waiting");
        try {
            if (System.in.read() < 0) {
                throw new IllegalStateException("nobody says when to go on");
            }
        } catch (IOException e) {
            throw new IllegalStateException("nobody can say when to go on", e);
        }
    }
}
