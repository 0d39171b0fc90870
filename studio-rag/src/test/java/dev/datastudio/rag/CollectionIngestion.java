package dev.datastudio.rag;

import dev.datastudio.core.Studio;
import dev.datastudio.rag.answer.AnswerOptions;
import dev.datastudio.rag.answer.Citation;
import dev.datastudio.rag.answer.DocumentAnswer;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.DocumentPassage;
import dev.datastudio.rag.document.DocumentVersion;
import dev.datastudio.rag.document.Ingestion;
import dev.datastudio.rag.document.Ingestion.State;
import dev.datastudio.rag.extract.ChildProcessExtractor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Adds the files of a folder, looks at all that was made of them, and asks questions out of words of random passages.
 * Prints each line that is wrong, and how many of what there were at the end.
 */
final class CollectionIngestion {
    private static final Pattern WORD = Pattern.compile("\\p{L}{4,20}");

    private final Documents documents;
    private final int each;
    private final List<DocumentPassage> passages = new ArrayList<>();
    private int done;
    private int failed;
    private int citations;

    private CollectionIngestion(Documents documents, int each) {
        this.documents = documents;
        this.each = each;
    }

    /**
     * Takes the workspace, the folder, {@code child} to read in a process of its own, and n to add each n-th file and ask
     * 200 / n questions.
     */
    public static void main(String[] args) throws IOException {
        int each = Integer.parseInt(args[3]);
        try (Studio studio = Studio.open(Path.of(args[0]))) {
            if (args[2].equals("child")) {
                try (ChildProcessExtractor extractor = ChildProcessExtractor.open()) {
                    Documents documents = Documents.builder(studio)
                            .wordsOnly()
                            .extractor(extractor)
                            .build();
                    new CollectionIngestion(documents, each).run(Path.of(args[1]));
                }
            } else {
                new CollectionIngestion(Documents.builder(studio).wordsOnly().build(), each).run(Path.of(args[1]));
            }
        }
    }

    private void run(Path root) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(root)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> root.relativize(file).getNameCount() > 1)
                    .sorted()
                    .toList();
        }
        int added = 0;
        for (int i = 0; i < files.size(); i += each) {
            Path file = files.get(i);
            String name = root.relativize(file).toString();
            added++;
            check(name, documents.add(file, AddOptions.DEFAULT.named(name)));
        }
        ask();
        System.out.println("files " + added);
        System.out.println("ended " + (done + failed));
        System.out.println("done " + done);
        System.out.println("passages " + passages.size());
        System.out.println("citations " + citations);
    }

    private void check(String name, Document document) {
        Ingestion ingestion = document.ingestion();
        if (ingestion.state() == State.DONE) {
            done++;
            checkPassages(name, document);
        } else if (ingestion.state() == State.FAILED) {
            failed++;
            Ingestion.Failure failure = ingestion.failure().orElseThrow();
            if (failure.reason().isBlank()
                    || failure.message().isBlank()
                    || failure.mend().isBlank()) {
                wrong(name + " failed without a reason: " + failure);
            }
        } else {
            wrong(name + " is " + ingestion.state());
        }
    }

    private void checkPassages(String name, Document document) {
        DocumentVersion version = document.current().orElseThrow();
        List<DocumentPassage> there = new ArrayList<>();
        for (int from = 0; from < version.passages(); from += 500) {
            there.addAll(documents.passages(document.id(), from, 500));
        }
        if (there.isEmpty() || there.size() != version.passages()) {
            wrong(name + " has " + there.size() + " of " + version.passages() + " passages");
        }
        for (DocumentPassage passage : there) {
            if (!passage.text().equals(documents.text(document.id(), passage.from(), passage.to()))) {
                wrong(name + " has other words than passage " + passage.key());
            }
        }
        passages.addAll(there);
    }

    private void ask() {
        Random chance = new Random(20261121);
        int asked = 0;
        while (asked < 200 / each) {
            DocumentPassage passage = passages.get(chance.nextInt(passages.size()));
            String question = question(passage, chance);
            if (question.isEmpty()) {
                continue;
            }
            asked++;
            AnswerOptions options = asked % 2 == 0
                    ? AnswerOptions.DEFAULT
                    : AnswerOptions.DEFAULT.about(
                            List.of(passage.key().version().document()));
            check(question, documents.ask(question, options));
        }
    }

    private static String question(DocumentPassage passage, Random chance) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(passage.text());
        while (word.find()) {
            words.add(word.group());
        }
        if (words.size() < 5) {
            return "";
        }
        int from = chance.nextInt(words.size() - 4);
        return String.join(" ", words.subList(from, from + 5));
    }

    private void check(String question, DocumentAnswer answer) {
        for (Citation citation : answer.citations()) {
            citations++;
            DocumentPassage passage = citation.passage();
            String there = documents.text(passage.key().version().document(), citation.from(), citation.to());
            if (!there.equals(citation.quote()) || there.isBlank()) {
                wrong("'" + question + "' cites '" + citation.quote() + "', but there is '" + there + "'");
            }
        }
    }

    private static void wrong(String what) {
        System.out.println("wrong: " + what.replace('\n', ' '));
    }
}
