package dev.datastudio.agents.planner.internal;

import dev.datastudio.api.embedding.Embedder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Links words that fit nothing to the column that comes nearest in meaning, when it is near enough and clearly nearer
 * than the next one. Without an embedder it links nothing. The vectors of a table's names and of the latest words are
 * kept, so that a table's names are embedded once and the words of a question in one call at most. Thread-safe.
 */
public final class Meanings {
    /** How much nearer the best must be than the second best. */
    private static final double MARGIN = 0.05;

    private static final double SCORE = 0.6;
    private static final int MOST_TABLES = 64;
    private static final int MOST_PHRASES = 2_000;
    /** A question of which so much is unknown is about something else; a model takes milliseconds for each word. */
    private static final int MOST_UNKNOWN = 6;

    private static final int LONGEST_RUN = 4;

    private final @Nullable Embedder embedder;
    private final Map<List<String>, List<float[]>> names = latest(MOST_TABLES);
    private final Map<String, float[]> phrases = latest(MOST_PHRASES);

    private Meanings(@Nullable Embedder embedder) {
        this.embedder = embedder;
    }

    /** Links nothing. */
    public static Meanings none() {
        return new Meanings(null);
    }

    /** Links by the vectors of an embedder. */
    public static Meanings by(Embedder embedder) {
        return new Meanings(embedder);
    }

    private static <K, V> Map<K, V> latest(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /** The items with unknown words linked where that is possible: neighbours together first, then each by itself. */
    List<Item> linked(List<Item> items, List<SchemaIndex> tables) {
        Embedder model = embedder;
        long unknown = items.stream().filter(i -> i.is(Item.Kind.UNKNOWN)).count();
        if (model == null || unknown == 0 || unknown > MOST_UNKNOWN) {
            return items;
        }
        Map<String, float[]> vectors = vectors(model, phrases(items));
        List<Item> linked = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            int end = runOfUnknown(items, i);
            Optional<Item> together =
                    end - i > 1 ? link(model, text(items.subList(i, end)), vectors, tables) : Optional.empty();
            if (together.isPresent()) {
                linked.add(together.get());
                i = end - 1;
            } else if (end > i) {
                linked.add(link(model, text(items.subList(i, i + 1)), vectors, tables)
                        .orElse(items.get(i)));
            } else {
                linked.add(items.get(i));
            }
        }
        return linked;
    }

    /** Where unknown words that begin here end; what "contains" looks for is not to be known. */
    private static int runOfUnknown(List<Item> items, int from) {
        int end = from;
        boolean isText = from > 0 && items.get(from - 1).is(Tag.TEXT_MATCH);
        while (!isText
                && end < items.size()
                && end - from < LONGEST_RUN
                && items.get(end).is(Item.Kind.UNKNOWN)) {
            end++;
        }
        return end;
    }

    private static String text(List<Item> words) {
        return String.join(" ", words.stream().map(Item::text).toList());
    }

    /** All texts that may have to be compared: each unknown word, and those that follow one another. */
    private static Set<String> phrases(List<Item> items) {
        Set<String> phrases = new LinkedHashSet<>();
        for (int i = 0; i < items.size(); i++) {
            int end = runOfUnknown(items, i);
            for (int to : end > i ? new int[] {i + 1, end} : new int[0]) {
                String text = text(items.subList(i, to)).toLowerCase(Locale.ROOT);
                if (text.codePoints().anyMatch(Character::isLetter)) {
                    phrases.add(text);
                }
            }
        }
        return phrases;
    }

    private Optional<Item> link(Embedder model, String text, Map<String, float[]> vectors, List<SchemaIndex> tables) {
        return Optional.ofNullable(vectors.get(text.toLowerCase(Locale.ROOT)))
                .flatMap(vector -> nearest(model, vector, tables))
                .map(c -> Item.columns(text, List.of(new ColumnMatch(c, SCORE, ColumnMatch.How.MEANING))));
    }

    private Optional<ColumnEntry> nearest(Embedder model, float[] wanted, List<SchemaIndex> tables) {
        record Near(ColumnEntry column, double cosine) {}
        List<Near> near = new ArrayList<>();
        for (SchemaIndex table : tables) {
            List<float[]> vectors = names(model, table);
            for (int i = 0; i < vectors.size(); i++) {
                near.add(new Near(table.columns().get(i), cosine(wanted, vectors.get(i))));
            }
        }
        near.sort(Comparator.comparingDouble(Near::cosine).reversed());
        boolean isNear = !near.isEmpty() && near.get(0).cosine() >= model.sameFrom();
        boolean isClear = near.size() == 1
                || (isNear && near.get(0).cosine() - near.get(1).cosine() >= MARGIN);
        return isNear && isClear ? Optional.of(near.get(0).column()) : Optional.empty();
    }

    /** The vectors of some texts; those that are not known are asked for in one call. */
    private Map<String, float[]> vectors(Embedder model, Set<String> texts) {
        Map<String, float[]> vectors = new HashMap<>();
        List<String> fresh = new ArrayList<>();
        synchronized (phrases) {
            for (String text : texts) {
                float[] known = phrases.get(text);
                if (known == null) {
                    fresh.add(text);
                } else {
                    vectors.put(text, known);
                }
            }
        }
        if (fresh.isEmpty()) {
            return vectors;
        }
        List<float[]> made = model.embed(fresh);
        synchronized (phrases) {
            for (int i = 0; i < fresh.size(); i++) {
                vectors.put(fresh.get(i), made.get(i));
                phrases.put(fresh.get(i), made.get(i));
            }
        }
        return vectors;
    }

    private List<float[]> names(Embedder model, SchemaIndex table) {
        List<String> texts =
                table.columns().stream().map(c -> String.join(" ", c.parts())).toList();
        synchronized (names) {
            List<float[]> known = names.get(texts);
            if (known != null) {
                return known;
            }
        }
        List<float[]> fresh = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += Embedder.MAX_BATCH) {
            fresh.addAll(model.embed(texts.subList(from, Math.min(texts.size(), from + Embedder.MAX_BATCH))));
        }
        synchronized (names) {
            names.put(texts, fresh);
        }
        return fresh;
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        double lengthA = 0;
        double lengthB = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
            lengthA += a[i] * a[i];
            lengthB += b[i] * b[i];
        }
        return dot / Math.sqrt(lengthA * lengthB);
    }
}
