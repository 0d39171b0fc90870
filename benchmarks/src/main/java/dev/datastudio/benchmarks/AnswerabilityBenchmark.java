package dev.datastudio.benchmarks;

import dev.datastudio.core.Studio;
import dev.datastudio.rag.AddOptions;
import dev.datastudio.rag.Documents;
import dev.datastudio.rag.answer.DocumentAnswer;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.Ingestion.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How often "not in the documents" is said: to questions that a collection of documents answers, and to those of another
 * collection. The texts are in the folder that STUDIO_TEST_DATA names; each is added as a file of its own.
 */
final class AnswerabilityBenchmark implements Benchmark {
    private static final String DATA = "STUDIO_TEST_DATA";
    private static final int MOST_QUESTIONS = 300;

    /** More texts take too long to embed. */
    private static final int MOST_EMBEDDED = 2_000;

    @Override
    public String name() {
        return "answerability";
    }

    @Override
    public String summary() {
        return "how often documents refuse questions that they answer, and those of another collection";
    }

    @Override
    public List<Measurement> run(Path scratch, Effort effort) throws Exception {
        String data = System.getenv(DATA);
        if (data == null) {
            throw new IOException(DATA + " must name the folder with eval/retrieval");
        }
        Path eval = Path.of(data).resolve("eval");
        Path sciFact = eval.resolve("retrieval").resolve("scifact");
        JudgedCollection tables = JudgedCollection.tables(eval.resolve("wtq"));
        JudgedCollection schemas = JudgedCollection.schemas(eval.resolve("spider_dev"), eval.resolve("nvbench"));
        List<JudgedCollection> asked =
                List.of(tables, schemas, JudgedCollection.titles(sciFact), JudgedCollection.sciFact(sciFact));
        List<JudgedCollection> answering =
                effort == Effort.QUICK ? List.of(tables) : List.of(tables, asked.get(2), asked.get(3));
        List<Measurement> rows = new ArrayList<>();
        for (JudgedCollection each : answering) {
            rows.addAll(refusals(scratch.resolve(each.name() + " by words"), each, asked, true));
            if (each.texts().size() <= MOST_EMBEDDED) {
                rows.addAll(refusals(scratch.resolve(each.name() + " by both"), each, asked, false));
            }
        }
        return rows;
    }

    private static List<Measurement> refusals(
            Path folder, JudgedCollection answering, List<JudgedCollection> asked, boolean wordsOnly)
            throws IOException {
        List<Measurement> rows = new ArrayList<>();
        try (Studio studio = Studio.open(folder.resolve("workspace"))) {
            Documents documents =
                    wordsOnly ? Documents.builder(studio).wordsOnly().build() : Documents.of(studio);
            add(documents, answering, Files.createDirectories(folder.resolve("files")));
            double own = refused(documents, answering);
            for (JudgedCollection other : asked) {
                if (!isAbout(other, answering)) {
                    double foreign = refused(documents, other);
                    rows.add(new Measurement(
                            answering.name() + (wordsOnly ? " by words: " : " by words and meaning: ")
                                    + "its own questions refused",
                            own,
                            "%",
                            "questions of " + other.name(),
                            foreign,
                            "ours <= theirs",
                            own <= foreign));
                }
            }
        }
        return rows;
    }

    /** The abstracts answer the claims and the titles. */
    private static boolean isAbout(JudgedCollection questions, JudgedCollection texts) {
        boolean abstracts = List.of("SciFact", "titles").contains(questions.name())
                && List.of("SciFact", "titles").contains(texts.name());
        return abstracts || questions.name().equals(texts.name());
    }

    private static void add(Documents documents, JudgedCollection collection, Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        for (JudgedCollection.Text text : collection.texts()) {
            String title = text.context().isBlank()
                    ? ""
                    : "# " + text.context().strip().replace('\n', ' ') + "\n\n";
            Path file = folder.resolve(files.size() + ".md");
            files.add(Files.writeString(file, title + text.text() + "\n"));
        }
        for (Document added : documents.addAll(files, AddOptions.DEFAULT)) {
            if (added.ingestion().state() != State.DONE) {
                throw new IllegalStateException("adding a text ended as " + added.ingestion());
            }
        }
    }

    private static double refused(Documents documents, JudgedCollection collection) {
        List<JudgedCollection.Question> questions = collection
                .questions()
                .subList(0, Math.min(MOST_QUESTIONS, collection.questions().size()));
        long refused = questions.stream()
                .filter(question -> documents.ask(question.text()).status() == DocumentAnswer.Status.NOT_IN_DOCUMENTS)
                .count();
        return 100.0 * refused / questions.size();
    }
}
