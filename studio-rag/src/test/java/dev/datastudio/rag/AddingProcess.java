package dev.datastudio.rag;

import dev.datastudio.core.Studio;
import dev.datastudio.rag.answer.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Adds documents to a workspace that others use too, and searches after each. */
final class AddingProcess {
    private AddingProcess() {}

    /** Takes the folder of all, the name of this one and how many documents. */
    public static void main(String[] args) throws IOException {
        Path own = Files.createDirectories(Path.of(args[0], args[1]));
        try (Studio studio = Studio.open(Path.of(args[0], "workspace"))) {
            Documents documents = KilledIngestion.documents(studio);
            for (int number = 0; number < Integer.parseInt(args[2]); number++) {
                String word = args[1] + "x" + number;
                StringBuilder text = new StringBuilder();
                for (int i = 0; i < 5 + number; i++) {
                    text.append("Shared words of paragraph ")
                            .append(i)
                            .append(" of ")
                            .append(word)
                            .append(".\n\n");
                }
                documents.add(Files.writeString(own.resolve(word + ".txt"), text));
                List<Evidence> found = documents.search(word);
                boolean isThere =
                        found.stream().anyMatch(each -> each.passage().text().contains(word));
                System.out.println(isThere ? "found " + word : "lost " + word);
            }
        }
    }
}
