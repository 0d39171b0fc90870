package dev.datastudio.agents.planner.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The grammar and operation words, read from {@code words.txt}. Immutable. */
final class Lexicon {
    /** The most words of a phrase. */
    static final int LONGEST = 6;

    private static final int SHORTEST_SLIP = 7;

    private static final Set<Tag> CORRECTED = EnumSet.of(
            Tag.AGGREGATE,
            Tag.OPERATION,
            Tag.CHART,
            Tag.DISTINCT,
            Tag.HIGHEST,
            Tag.LOWEST,
            Tag.SORT,
            Tag.ASCENDING,
            Tag.DESCENDING,
            Tag.GRAIN_ADJECTIVE,
            Tag.MONTH);

    private static final String RESOURCE = "words.txt";

    private final Map<String, Meaning> phrases;
    /** The most words of the phrases that begin with a word. */
    private final Map<String, Integer> longest = new HashMap<>();
    /** Words that others may be slips of, by their first letters. */
    private final Map<Character, List<Map.Entry<String, Meaning>>> correct = new HashMap<>();

    /** @param phrases kept as it is */
    private Lexicon(Map<String, Meaning> phrases) {
        this.phrases = phrases;
        phrases.forEach((phrase, meaning) -> {
            String[] words = phrase.split(" ", -1);
            longest.merge(words[0], words.length, Math::max);
            if (words.length == 1 && (CORRECTED.contains(meaning.tag()) || meaning.tag() == Tag.FILLER)) {
                correct.computeIfAbsent(phrase.charAt(0), c -> new ArrayList<>())
                        .add(Map.entry(phrase, meaning));
            }
        });
    }

    /** What a phrase does. */
    record Meaning(Tag tag, String argument) {}

    static Lexicon english() {
        return Holder.ENGLISH;
    }

    /** The meaning of some words, joined by blanks. */
    Optional<Meaning> find(List<String> words) {
        if (words.size() == 1) {
            return find(words.get(0));
        }
        boolean mayBe = !words.isEmpty() && words.size() <= longest.getOrDefault(words.get(0), 0);
        return mayBe ? Optional.ofNullable(phrases.get(String.join(" ", words))) : Optional.empty();
    }

    /** The meaning of a single word. */
    Optional<Meaning> find(String word) {
        return Optional.ofNullable(phrases.get(word));
    }

    /** What a word does that is one edit away from a single operation word; short words are too easily another. */
    Optional<Meaning> nearest(String word) {
        if (word.length() < SHORTEST_SLIP) {
            return Optional.empty();
        }
        Set<Meaning> near = correct.getOrDefault(word.charAt(0), List.of()).stream()
                .filter(e -> Spelling.distance(word, e.getKey(), 1) == 1)
                .map(Map.Entry::getValue)
                .collect(Collectors.toSet());
        return near.size() == 1
                ? near.stream().filter(m -> CORRECTED.contains(m.tag())).findFirst()
                : Optional.empty();
    }

    private static Lexicon load() {
        Map<String, Meaning> phrases = new HashMap<>();
        try (var stream = Lexicon.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("Resource " + RESOURCE + " is missing beside " + Lexicon.class);
            }
            var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            reader.lines().filter(l -> !l.isBlank() && l.charAt(0) != '#').forEach(line -> addLine(line, phrases));
        } catch (IOException e) {
            throw new UncheckedIOException("Resource " + RESOURCE + " can't be read", e);
        }
        return new Lexicon(phrases);
    }

    private static void addLine(String line, Map<String, Meaning> phrases) {
        int equals = line.indexOf(" = ");
        String[] head = line.substring(0, equals).split(" ", 2);
        var meaning = new Meaning(Tag.valueOf(head[0]), head.length > 1 ? head[1].strip() : "");
        for (String phrase : line.substring(equals + 3).split(";", -1)) {
            String words = Tokenizer.normalise(phrase);
            if (!words.isEmpty()) {
                phrases.putIfAbsent(words, meaning);
            }
        }
    }

    private static final class Holder {
        static final Lexicon ENGLISH = load();
    }
}
