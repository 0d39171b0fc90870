package dev.datastudio.testkit.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Documents, questions and judgements in the format of BEIR (Thakur and others, BEIR: A Heterogeneous Benchmark for
 * Zero-shot Evaluation of Information Retrieval Models, 2021). Immutable.
 *
 * @param documents in the order of the file
 * @param queries texts by id
 * @param judged grades by document by query
 */
public record RetrievalSet(
        List<Document> documents, Map<String, String> queries, Map<String, Map<String, Integer>> judged) {
    public RetrievalSet {
        documents = List.copyOf(documents);
        queries = Map.copyOf(queries);
        judged = Map.copyOf(judged);
    }

    /** One of the documents. */
    public record Document(String id, String title, String text) {}

    /**
     * Reads a set.
     *
     * @param folder with {@code corpus.jsonl.gz}, {@code queries.tsv} and {@code qrels.test.txt}
     */
    public static RetrievalSet read(Path folder) throws IOException {
        return new RetrievalSet(
                documents(folder.resolve("corpus.jsonl.gz")),
                queries(folder.resolve("queries.tsv")),
                judged(folder.resolve("qrels.test.txt")));
    }

    private static List<Document> documents(Path file) throws IOException {
        List<Document> documents = new ArrayList<>();
        JsonMapper json = new JsonMapper();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode node = json.readTree(line);
                documents.add(new Document(
                        node.path("_id").asText(),
                        node.path("title").asText(),
                        node.path("text").asText()));
            }
        }
        return documents;
    }

    private static Map<String, String> queries(Path file) throws IOException {
        Map<String, String> queries = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            int tab = line.indexOf('\t');
            queries.put(line.substring(0, tab), line.substring(tab + 1));
        }
        return queries;
    }

    private static Map<String, Map<String, Integer>> judged(Path file) throws IOException {
        Map<String, Map<String, Integer>> judged = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.strip().split("\\s+", -1);
            judged.computeIfAbsent(parts[0], query -> new LinkedHashMap<>()).put(parts[2], Integer.parseInt(parts[3]));
        }
        return judged;
    }
}
