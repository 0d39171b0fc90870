package dev.datastudio.rag;

import dev.datastudio.core.Studio;
import dev.datastudio.rag.chunk.ChunkOptions;
import dev.datastudio.rag.chunk.TokenCounter;
import dev.datastudio.testkit.embedding.HashedNgramEmbedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Adds documents until it is killed, each of a few names again and again with a new content. */
final class KilledIngestion {
    static final int NAMES = 4;
    static final ChunkOptions CHUNKS = new ChunkOptions(16, 0, 0, 0);

    private KilledIngestion() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        try (Studio studio = Studio.open(folder.resolve("workspace"))) {
            Documents documents = documents(studio);
            for (int number = Integer.parseInt(args[1]); ; number++) {
                Path file = Files.writeString(folder.resolve(name(number)), content(number));
                System.out.println("adding " + number);
                documents.add(file);
                System.out.println("added " + number);
            }
        }
    }

    static Documents documents(Studio studio) {
        return Documents.builder(studio)
                .embedder(new HashedNgramEmbedder(64), TokenCounter.estimate())
                .chunks(CHUNKS)
                .build();
    }

    static String name(int number) {
        return "file" + number % NAMES + ".txt";
    }

    static String content(int number) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3 + number % 5; i++) {
            text.append("Shared words of paragraph ")
                    .append(i)
                    .append(" of content")
                    .append(number)
                    .append(".\n\n");
        }
        return text.toString();
    }
}
