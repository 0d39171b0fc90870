package dev.datastudio.agents.planner.internal;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.analysis.Measure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables that a question may be about, with what its words can mean in them. Immutable. */
final class Scope {
    private static final int MOST_TABLE_WORDS = 5;
    private static final double HEAD = 0.8;
    private static final double SOME = 0.75;
    /** The score of a word that is a part of a table's name, but not the last. */
    static final double PART = 0.6;

    private static final double AKIN = 0.4;

    private final List<SchemaIndex> indexes;
    private final List<ColumnEntry> columns;
    private final Map<String, TableEntry> byTable = new HashMap<>();
    private final JoinGraph joins;
    private final int longestValue;
    private final int longestName;

    private Scope(List<SchemaIndex> indexes, JoinGraph joins) {
        this.indexes = List.copyOf(indexes);
        this.joins = joins;
        List<ColumnEntry> all = new ArrayList<>();
        for (SchemaIndex index : indexes) {
            all.addAll(index.columns());
            byTable.put(index.table().name(), index.table());
        }
        this.columns = List.copyOf(all);
        this.longestValue =
                indexes.stream().mapToInt(SchemaIndex::longestValue).max().orElse(1);
        this.longestName = all.stream().mapToInt(c -> c.parts().size()).max().orElse(1) + 1;
    }

    /** A single table. */
    static Scope of(SchemaIndex table) {
        return new Scope(List.of(table), JoinGraph.NONE);
    }

    /** Several tables with the relations between them. */
    static Scope of(List<SchemaIndex> tables, JoinGraph joins) {
        return new Scope(tables, joins);
    }

    /** Some of the tables. */
    Scope within(Collection<TableEntry> tables) {
        return new Scope(
                indexes.stream().filter(i -> tables.contains(i.table())).toList(), joins);
    }

    boolean isSingle() {
        return indexes.size() == 1;
    }

    /** The first table, which is the only one of most questions. */
    Dataset dataset() {
        return indexes.get(0).dataset();
    }

    List<TableEntry> tables() {
        return indexes.stream().map(SchemaIndex::table).toList();
    }

    JoinGraph joins() {
        return joins;
    }

    List<ColumnEntry> columns() {
        return columns;
    }

    TableEntry tableOf(ColumnEntry column) {
        return table(column.table());
    }

    TableEntry table(String name) {
        TableEntry table = byTable.get(name);
        if (table == null) {
            throw new IllegalStateException("Table " + name + " is not in scope");
        }
        return table;
    }

    /** The column behind a reference of a plan. */
    Optional<ColumnEntry> find(String table, String name) {
        TableEntry entry = byTable.get(table);
        return entry == null ? Optional.empty() : entry.find(name);
    }

    Optional<ColumnEntry> find(String name) {
        return columns.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
    }

    /** The items with words linked by their meaning that fit nothing else. */
    List<Item> linkedByMeaning(List<Item> items) {
        return indexes.get(0).meanings().linked(items, indexes);
    }

    /** Taught words at a place of a question, those of the first table that has them. */
    Optional<TaughtWords.Found> taughtAt(List<Token> tokens, int at) {
        return indexes.stream().flatMap(i -> i.taught().at(tokens, at).stream()).findFirst();
    }

    /** Taught measures by the columns that stand for them. */
    Map<ColumnEntry, Measure> taughtMeasures() {
        Map<ColumnEntry, Measure> all = new HashMap<>();
        indexes.forEach(i -> all.putAll(i.taught().measures()));
        return all;
    }

    int longestValue() {
        return longestValue;
    }

    /** So many words of a question can name a column or table at most. */
    int longestName() {
        return longestName;
    }

    boolean isTableWord(String word) {
        return isSingle() && indexes.get(0).isTableWord(word);
    }

    /** Whether some words are the name of the only table. */
    boolean isTableName(List<String> words) {
        return isSingle() && indexes.get(0).table().joined().equals(SchemaIndex.nameKey(words));
    }

    /** Columns whose whole name, marks included, begins at a token; those with the longest name. */
    List<SchemaIndex.WrittenName> writtenAt(List<Token> tokens, int at) {
        List<SchemaIndex.WrittenName> written = new ArrayList<>();
        indexes.forEach(i -> i.writtenAt(tokens, at).ifPresent(written::add));
        int longest = written.stream().mapToInt(w -> w.tokens().size()).max().orElse(0);
        return written.stream().filter(w -> w.tokens().size() == longest).toList();
    }

    /** Stored values that these words name. */
    List<ValueMatch> values(List<String> words) {
        if (words.size() > longestValue) {
            return List.of();
        }
        String key = SchemaIndex.key(words);
        if (isSingle()) {
            return indexes.get(0).valuesOf(key);
        }
        List<ValueMatch> all = new ArrayList<>();
        indexes.forEach(i -> all.addAll(i.valuesOf(key)));
        return all;
    }

    /** Parts of stored values that these words name; only in a single table. */
    List<ValueMatch> valueParts(List<String> words) {
        return isSingle() ? indexes.get(0).valueParts(words) : List.of();
    }

    /** Whether the name of the only table says nothing about its rows, as "data" or "2024_07". */
    boolean isNameless() {
        return isSingle() && Names.parts(dataset().table()).stream().allMatch(Names::saysNothing);
    }

    /** Columns whose whole name these words are, exactly or without optional words; of several tables the best of each. */
    List<ColumnMatch> named(List<String> words) {
        if (isSingle()) {
            return indexes.get(0).named(words);
        }
        String key = SchemaIndex.nameKey(words);
        List<ColumnMatch> all = new ArrayList<>();
        indexes.forEach(i -> all.addAll(i.named(words, key)));
        if (all.isEmpty()) {
            return List.of();
        }
        List<ColumnMatch> named = List.copyOf(all);
        for (SchemaIndex index : indexes) {
            if (named.stream().noneMatch(m -> index.table().has(m.column()))) {
                index.containing(words).stream()
                        .filter(m -> m.how() == ColumnMatch.How.PART)
                        .forEach(all::add);
            }
        }
        return List.copyOf(all);
    }

    /** Columns all of these words are parts of, in any order; of several tables the best of each. */
    List<ColumnMatch> containing(List<String> words) {
        if (isSingle()) {
            return indexes.get(0).containing(words);
        }
        List<ColumnMatch> all = new ArrayList<>();
        indexes.forEach(i -> all.addAll(i.containing(words)));
        if (all.isEmpty()) {
            return List.of();
        }
        ColumnMatch.How best = all.stream()
                .map(ColumnMatch::how)
                .min(Comparator.naturalOrder())
                .orElse(ColumnMatch.How.NAME);
        boolean certain = best.compareTo(ColumnMatch.How.STEM) <= 0;
        return certain
                ? all.stream()
                        .filter(m -> m.how().compareTo(ColumnMatch.How.STEM) <= 0)
                        .toList()
                : List.copyOf(all);
    }

    /** Tables that words name, the best of them; a single table needs no name. */
    List<TableMatch> tablesNamed(List<String> words) {
        if (isSingle() || words.size() > MOST_TABLE_WORDS) {
            return List.of();
        }

        List<String> parts = new ArrayList<>();
        for (String word : words) {
            parts.addAll(word.indexOf('_') < 0 ? List.of(Stemmer.singular(word)) : Names.parts(word));
        }
        String joined = String.join("", parts);
        List<TableMatch> matches = new ArrayList<>();
        for (SchemaIndex index : indexes) {
            double score = index.table().joined().equals(joined)
                    ? 1
                    : score(index.table().parts(), parts);
            if (score > 0) {
                matches.add(new TableMatch(index.table(), score));
            }
        }
        double top = matches.stream().mapToDouble(TableMatch::score).max().orElse(0);
        return matches.stream().filter(m -> m.score() == top).toList();
    }

    /** "Supplied" is no slip of "supplier". */
    private static boolean isSlip(String word, String part) {
        return Spelling.isSlip(word, part)
                && Lexicon.english().find(List.of(word)).isEmpty();
    }

    private static double score(List<String> name, List<String> words) {

        int from = name.size() - words.size();
        if (from > 0 && name.subList(from, name.size()).equals(words)) {
            return HEAD;
        }
        if (words.size() > 1) {
            return words.stream().allMatch(w -> name.stream().anyMatch(p -> p.equals(w) || isSlip(w, p))) ? SOME : 0;
        } else if (words.get(0).length() < 3) {
            return 0;
        }
        if (name.contains(words.get(0))) {
            return PART;
        }
        String stem = Stemmer.stem(words.get(0));
        return stem.length() > 2 && name.stream().anyMatch(p -> Stemmer.stem(p).equals(stem)) ? AKIN : 0;
    }

    /** Columns written most like a word, the nearest first, then such values. */
    List<String> nearest(String word, int most) {
        return indexes.stream()
                .flatMap(i -> i.nearest(word, most).stream())
                .distinct()
                .limit(most)
                .toList();
    }
}
