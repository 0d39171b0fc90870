package dev.datastudio.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Texts, questions, and which texts answer which question. */
record JudgedCollection(String name, List<Text> texts, List<Question> questions) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TABLE_LINES = 31;
    private static final int SCHEMA_LINES = 4;

    /** A text with what it stands under. */
    record Text(String id, String context, String text) {}

    /** A question with the grades of the judged texts. */
    record Question(String text, Map<String, Integer> grades) {}

    /** The claims and abstracts of SciFact (Wadden et al., 2020) in the folder of the set. */
    static JudgedCollection sciFact(Path folder) throws IOException {
        Map<String, Map<String, Integer>> judged = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve("qrels.test.txt"))) {
            String[] parts = line.trim().split("\\s+", -1);
            judged.computeIfAbsent(parts[0], id -> new LinkedHashMap<>()).put(parts[2], Integer.valueOf(parts[3]));
        }
        List<Question> claims = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("queries.tsv"))) {
            int tab = line.indexOf('\t');
            claims.add(new Question(line.substring(tab + 1), judged.getOrDefault(line.substring(0, tab), Map.of())));
        }
        return new JudgedCollection("SciFact", abstracts(folder), claims);
    }

    /** Every fifth abstract without its title; titles of every fourth of them are questions for their own abstract. */
    static JudgedCollection titles(Path folder) throws IOException {
        List<Text> texts = new ArrayList<>();
        List<Question> titles = new ArrayList<>();
        List<Text> all = abstracts(folder);
        for (int i = 0; i < all.size(); i += 5) {
            Text each = all.get(i);
            texts.add(new Text(each.id(), "", each.text()));
            if (i % 20 == 0 && !each.context().isBlank()) {
                titles.add(new Question(each.context(), Map.of(each.id(), 1)));
            }
        }
        return new JudgedCollection("titles", texts, titles);
    }

    private static List<Text> abstracts(Path folder) throws IOException {
        List<Text> texts = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve("corpus.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode each = JSON.readTree(line);
                texts.add(new Text(
                        each.get("_id").asText(),
                        each.get("title").asText(),
                        each.get("text").asText()));
            }
        }
        return texts;
    }

    /** Questions of WikiTableQuestions (Pasupat and Liang, 2015), each answered by the table it was asked about. */
    static JudgedCollection tables(Path folder) throws IOException {
        List<Text> texts = new ArrayList<>();
        for (Path file : list(folder.resolve("tables"))) {
            texts.add(new Text(name(file), "", head(file, TABLE_LINES)));
        }
        List<Question> questions = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("questions.jsonl"))) {
            JsonNode each = JSON.readTree(line);
            questions.add(new Question(
                    each.get("question").asText(), Map.of(each.get("table").asText(), 1)));
        }
        return new JudgedCollection("tables", texts, questions);
    }

    /** Questions of Spider (Yu et al., 2018), each answered by the tables of its database: names and first rows. */
    static JudgedCollection schemas(Path folder, Path more) throws IOException {
        List<Text> texts = new ArrayList<>();
        Map<String, Map<String, Integer>> databases = new LinkedHashMap<>();
        Set<String> seen = new LinkedHashSet<>();
        for (Path database : Stream.concat(
                        list(folder.resolve("tables")).stream(), list(more.resolve("tables")).stream())
                .filter(Files::isDirectory)
                .toList()) {
            for (Path file : list(database)) {
                String id = name(database) + "." + name(file);
                if (seen.add(id)) {
                    String context = "database " + name(database).replace('_', ' ') + ", table "
                            + name(file).replace(".csv", "").replace('_', ' ');
                    texts.add(new Text(id, context, head(file, SCHEMA_LINES)));
                    databases
                            .computeIfAbsent(name(database), d -> new LinkedHashMap<>())
                            .put(id, 1);
                }
            }
        }
        List<Question> questions = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("items.jsonl"))) {
            JsonNode each = JSON.readTree(line);
            questions.add(new Question(
                    each.get("question").asText(),
                    databases.getOrDefault(each.get("db").asText(), Map.of())));
        }
        return new JudgedCollection("schemas", texts, questions);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static String head(Path file, int lines) throws IOException {
        try (Stream<String> all = Files.lines(file)) {
            return all.limit(lines).map(l -> l.replace("\",\"", " | ")).collect(Collectors.joining("\n"));
        }
    }
}
