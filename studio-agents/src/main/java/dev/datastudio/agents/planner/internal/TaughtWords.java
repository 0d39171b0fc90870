package dev.datastudio.agents.planner.internal;

import dev.datastudio.agents.vocabulary.Meaning;
import dev.datastudio.agents.vocabulary.TaughtWord;
import dev.datastudio.agents.vocabulary.Vocabulary;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.analysis.Measure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The taught words that apply to one table. A taught measure stands for a column of its own while a question is
 * planned, and gives way to its formula in the plan. Immutable once built.
 */
final class TaughtWords {
    private final Map<List<String>, List<Item>> byWords = new HashMap<>();
    private final Map<ColumnEntry, Measure> measures = new HashMap<>();
    private int longest;

    TaughtWords(Vocabulary vocabulary, Dataset dataset, List<ColumnEntry> columns) {
        for (TaughtWord word : vocabulary.words()) {
            boolean general = word.table().isEmpty();
            List<String> key = key(Tokenizer.tokenize(word.words()));
            // What is taught for this very table goes before what is taught for any.
            if (word.appliesTo(dataset) && !key.isEmpty() && !(general && byWords.containsKey(key))) {
                List<Item> items = items(word, dataset, columns);
                if (!items.isEmpty()) {
                    byWords.put(key, items);
                    longest = Math.max(longest, key.size());
                }
            }
        }
    }

    /** Taught words at a place of a question: how many tokens they are, and what they say. */
    record Found(int length, List<Item> items) {}

    private static List<String> key(List<Token> tokens) {
        return tokens.stream()
                .filter(t -> t.kind() != Token.Kind.PUNCTUATION)
                .map(t -> Stemmer.singular(t.text()))
                .toList();
    }

    private List<Item> items(TaughtWord word, Dataset dataset, List<ColumnEntry> columns) {
        Meaning meaning = word.meaning();
        if (meaning instanceof Meaning.OfMeasure measure) {
            ColumnEntry stands = standIn(word.words(), dataset, columns.size() + measures.size());
            measures.put(stands, measure.over(dataset.table()));
            return List.of(column(word.words(), stands));
        }
        Optional<ColumnEntry> column = columns.stream()
                .filter(c -> c.name().equalsIgnoreCase(meaning.columns().get(0)))
                .findFirst();
        if (column.isEmpty()) {
            return List.of();
        }
        return meaning instanceof Meaning.OfValues values
                ? values(word.words(), column.get(), values.values())
                : List.of(column(word.words(), column.get()));
    }

    private static ColumnEntry standIn(String words, Dataset dataset, int position) {
        var column = new Column(words, ColumnType.DECIMAL, ColumnRole.MEASURE, "", dataset.rowCount(), 0);
        List<String> parts = Names.parts(words);
        return new ColumnEntry(dataset.table(), column, position, parts, parts);
    }

    private static Item column(String words, ColumnEntry column) {
        return Item.columns(words, List.of(new ColumnMatch(column, 1, ColumnMatch.How.TAUGHT)));
    }

    /** As if each value had been said, with "or" between them. */
    private static List<Item> values(String words, ColumnEntry column, List<String> values) {
        if (column.column().type() != ColumnType.TEXT) {
            return List.of();
        }
        List<Item> items = new ArrayList<>();
        for (String value : values) {
            if (!items.isEmpty()) {
                items.add(Item.word("or", Tag.OR, ""));
            }
            items.add(Item.values(items.isEmpty() ? words : value, List.of(new ValueMatch(column, value))));
        }
        return List.copyOf(items);
    }

    /** The longest taught words that begin at a token. */
    Optional<Found> at(List<Token> tokens, int at) {
        for (int length = Math.min(longest, tokens.size() - at); length > 0; length--) {
            List<Item> items = byWords.get(key(tokens.subList(at, at + length)));
            if (items != null) {
                return Optional.of(new Found(length, items));
            }
        }
        return Optional.empty();
    }

    /** Taught measures by the columns that stand for them. */
    Map<ColumnEntry, Measure> measures() {
        return measures;
    }
}
