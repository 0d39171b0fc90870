package dev.datastudio.agents.planner.internal;

import dev.datastudio.api.embedding.Embedder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Links words that fit nothing to the column that comes nearest in meaning, when it is near enough and clearly nearer
 * than the next one. Without an embedder it links nothing. Vectors of names are kept for each content. Thread-safe.
 */
public final class Meanings {
    /** How much nearer the best must be than the second best. */
    private static final double MARGIN = 0.05;

    private static final double SCORE = 0.6;
    private static final int MOST_TABLES = 64;
    private static final int MOST_PHRASES = 2_000;

    private final @Nullable Embedder embedder;
    private final Map<String, List<float[]>> names = latest(MOST_TABLES);
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

    private static <V> Map<String, V> latest(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > most;
            }
        };
    }

    /** The items with unknown words linked where that is possible: neighbours together first, then each by itself. */
    List<Item> linked(List<Item> items, List<SchemaIndex> tables) {
        Embedder model = embedder;
        if (model == null || items.stream().noneMatch(i -> i.is(Item.Kind.UNKNOWN))) {
            return items;
        }
        List<Item> linked = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            int end = runOfUnknown(items, i);
            Optional<Item> together = end - i > 1 ? link(model, items.subList(i, end), tables) : Optional.empty();
            if (together.isPresent()) {
                linked.add(together.get());
                i = end - 1;
            } else if (end > i) {
                linked.add(link(model, items.subList(i, i + 1), tables).orElse(items.get(i)));
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
        while (!isText && end < items.size() && end - from < 4 && items.get(end).is(Item.Kind.UNKNOWN)) {
            end++;
        }
        return end;
    }

    private Optional<Item> link(Embedder model, List<Item> words, List<SchemaIndex> tables) {
        String text = String.join(" ", words.stream().map(Item::text).toList());
        if (text.isBlank() || text.codePoints().noneMatch(Character::isLetter)) {
            return Optional.empty();
        }
        return nearest(model, text, tables)
                .map(c -> Item.columns(text, List.of(new ColumnMatch(c, SCORE, ColumnMatch.How.MEANING))));
    }

    private Optional<ColumnEntry> nearest(Embedder model, String text, List<SchemaIndex> tables) {
        record Near(ColumnEntry column, double cosine) {}
        float[] wanted = phrase(model, text.toLowerCase(Locale.ROOT));
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

    private float[] phrase(Embedder model, String text) {
        synchronized (phrases) {
            float[] known = phrases.get(text);
            if (known != null) {
                return known;
            }
        }
        float[] fresh = model.embed(List.of(text)).get(0);
        synchronized (phrases) {
            phrases.put(text, fresh);
        }
        return fresh;
    }

    private List<float[]> names(Embedder model, SchemaIndex table) {
        String key = table.dataset().contentHash();
        synchronized (names) {
            List<float[]> known = names.get(key);
            if (known != null && known.size() == table.columns().size()) {
                return known;
            }
        }
        List<String> texts =
                table.columns().stream().map(c -> String.join(" ", c.parts())).toList();
        List<float[]> fresh = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += Embedder.MAX_BATCH) {
            fresh.addAll(model.embed(texts.subList(from, Math.min(texts.size(), from + Embedder.MAX_BATCH))));
        }
        synchronized (names) {
            names.put(key, fresh);
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
