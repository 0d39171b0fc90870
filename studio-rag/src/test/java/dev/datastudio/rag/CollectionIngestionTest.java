package dev.datastudio.rag;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.core.Studio;
import dev.datastudio.rag.answer.AnswerOptions;
import dev.datastudio.rag.answer.Citation;
import dev.datastudio.rag.answer.DocumentAnswer;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.Ingestion.State;
import dev.datastudio.testkit.JavaCommand;
import dev.datastudio.testkit.OutsideData;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * 110 real and hostile documents through the whole pipeline, with half a gigabyte of heap (A9, G8, G18). Read in a process
 * of their own it is each {@code studio.documents.each}-th of them, the sixth unless told; the extractor's own test reads
 * all of them in that way.
 */
@Timeout(300)
class CollectionIngestionTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"own", "child"})
    void eachDocumentEndsAndEachCitationIsThere(String process) throws Exception {
        Path root = OutsideData.require("data/docs");
        int each = process.equals("own") ? 1 : Integer.getInteger("studio.documents.each", 6);

        List<String> said = run(
                CollectionIngestion.class,
                List.of("-Xmx512m"),
                List.of(folder.resolve("workspace").toString(), root.toString(), process, String.valueOf(each)));

        assertEquals(
                List.of(),
                said.stream().filter(line -> line.startsWith("wrong")).toList());
        Map<String, Integer> counts = counts(said);
        assertTrue(counts.getOrDefault("files", 0) >= 110 / each, said::toString);
        assertEquals(counts.get("files"), counts.get("ended"));
        assertTrue(counts.getOrDefault("citations", 0) >= 200 / each, said::toString);
        assertFalse(Files.exists(folder.resolve("studio-zip-slip-canary.txt")));
        assertFalse(Files.exists(Path.of("/tmp/studio-zip-slip-canary-abs.txt")));
    }

    static Map<String, Integer> counts(List<String> said) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String line : said) {
            String[] words = line.split(" ", -1);
            if (words.length == 2 && words[1].matches("\\d+")) {
                counts.put(words[0], Integer.parseInt(words[1]));
            }
        }
        return counts;
    }

    /** What a process prints that ends well. */
    static List<String> run(Class<?> main, List<String> options, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(JavaCommand.program().toString());
        command.addAll(JavaCommand.options());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertEquals(0, process.waitFor(), output);
            return output.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void citesThePageOnWhichTheWordsStand() throws IOException {
        Path file = OutsideData.require("data/docs/good/GeoTopo-komprimiert.pdf");
        List<String> pages = pages(file);
        assertEquals(117, pages.size());
        try (Studio studio = Studio.inMemory()) {
            Documents documents = Documents.builder(studio).wordsOnly().build();
            Document added = documents.add(file);
            assertEquals(pages.size(), added.current().orElseThrow().pages());
            for (String question : List.of(
                    "Was ist ein topologischer Raum?",
                    "Wann heißt ein Raum hausdorffsch?",
                    "Was ist eine Mannigfaltigkeit?",
                    "Wann heißt ein Raum kompakt?",
                    "Was besagt das Parallelenaxiom?",
                    "Simplizialkomplex",
                    "Fundamentalgruppe",
                    "Überlagerung",
                    "Gauß-Krümmung",
                    "Jordankurve")) {
                DocumentAnswer answer = documents.ask(question);
                assertEquals(DocumentAnswer.Status.ANSWERED, answer.status(), question);
                assertFalse(answer.citations().isEmpty(), question);
                for (Citation citation : answer.citations()) {
                    assertOnItsPages(citation, pages, question);
                }
            }
        }
    }

    private static List<String> pages(Path file) throws IOException {
        List<String> pages = new ArrayList<>();
        try (PDDocument pdf = Loader.loadPDF(file.toFile())) {
            for (int page = 1; page <= pdf.getNumberOfPages(); page++) {
                PDFTextStripper stripper = new PDFTextStripper();
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                pages.add(stripper.getText(pdf));
            }
        }
        return pages;
    }

    /** Nearly all words of a quote stand on the page that it names, or go on on the next; a formula may be put together in another way. */
    private static void assertOnItsPages(Citation citation, List<String> pages, String question) {
        int from = citation.page();
        int to = citation.passage().page(citation.to() - 1);
        assertTrue(from >= 1 && to - from <= 1, () -> question + ": pages " + from + "-" + to);
        String text = letters(String.join(" ", pages.subList(from - 1, to)));
        List<String> words = List.of(citation.quote().split("\\s+", -1)).stream()
                .map(CollectionIngestionTest::letters)
                .filter(word -> word.length() > 3)
                .toList();
        long there = words.stream().filter(text::contains).count();
        assertTrue(
                there >= 0.9 * words.size(),
                () -> question + ": " + there + " of " + words.size() + " words of '" + citation.quote()
                        + "' are on pages " + from + "-" + to);
    }

    private static String letters(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}]", "");
    }

    @Test
    void nothingHappensThatAHostileFileAsksFor() throws Exception {
        Path made = OutsideData.require("data/docs/made");
        AtomicInteger connections = new AtomicInteger();
        try (ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                Studio studio = Studio.open(folder.resolve("workspace"))) {
            Thread accepting = new Thread(() -> count(listener, connections));
            accepting.setDaemon(true);
            accepting.start();
            Documents documents = Documents.builder(studio).wordsOnly().build();
            for (String name : List.of("prompt-injection.md", "formula-injection.csv", "zero-width-and-bidi.md")) {
                String text = Files.readString(made.resolve(name))
                        .replace("127.0.0.1:9", "127.0.0.1:" + listener.getLocalPort());
                Document added = documents.add(Files.writeString(folder.resolve(name), text));
                assertEquals(State.DONE, added.ingestion().state(), name);
            }
            try (var hostile = Files.list(made)) {
                for (Path file : hostile.filter(
                                each -> each.getFileName().toString().matches("(xxe|zip-slip).*"))
                        .toList()) {
                    assertEquals(State.FAILED, documents.add(file).ingestion().state(), file::toString);
                }
            }

            DocumentAnswer answer = documents.ask("By how much did revenue grow over the previous quarter?");

            assertEquals(
                    "Revenue grew 3% over the previous quarter to 314 million.",
                    answer.citations().get(0).quote());
            DocumentAnswer order = documents.ask("maintenance mode", AnswerOptions.DEFAULT);
            assertTrue(order.citations().stream().anyMatch(each -> each.quote().contains("maintenance mode")));
            assertEquals(0, connections.get());
        }
        try (var there = Files.list(folder)) {
            assertEquals(
                    List.of("formula-injection.csv", "prompt-injection.md", "workspace", "zero-width-and-bidi.md"),
                    there.map(each -> each.getFileName().toString()).sorted().toList());
        }
    }

    private static void count(ServerSocket listener, AtomicInteger connections) {
        try {
            while (true) {
                listener.accept().close();
                connections.incrementAndGet();
            }
        } catch (IOException e) {
            return; // closed: the test is over
        }
    }
}
