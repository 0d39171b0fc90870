package dev.datastudio.agents.planner.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says for every span of a question what it means: the longest span wins, each token belongs to one span, and among
 * spans of one length a column's whole name goes before a grammar word, that before a stored value, and a part of a
 * column's name comes last.
 */
final class Tagger {
    private static final Set<String> BEFORE_COLUMN = Set.of(
            "by",
            "per",
            "each",
            "of",
            "and",
            "across",
            "every",
            "column",
            "for",
            ",",
            "average",
            "mean",
            "vs",
            "different",
            "distinct",
            "various",
            "highest",
            "lowest",
            "maximum",
            "minimum");
    /** Words before which a word that mostly says nothing is a noun, so that a column may be meant. */
    private static final Set<String> NOUN_BEFORE = Set.of("with", "whose", "than", "their", "its");

    private static final Set<Tag> JOINTS = Set.of(Tag.FILLER, Tag.PREPOSITION, Tag.GROUP, Tag.AND, Tag.OR, Tag.SHOW);
    private static final Set<String> KINDS = Set.of("type", "kind", "amount", "quantity", "times");
    private static final int MOST_OF_PART = 4;
    private static final Set<String> PRONOUNS = Set.of("us", "it", "me", "am");
    private static final Set<String> AFTER_ORDER =
            Set.of("by", "in", "it", "them", "from", "the", "asc", "desc", "ascending", "descending");
    private static final Set<String> AFTER_COLUMN = Set.of("=", ">", "<", ">=", "<=", "!=", "==", "<>");

    private final List<Token> tokens;
    private final List<String> words;
    private final String raw;
    private final int[] rawStarts;
    private final Map<String, Boolean> nameWords = new HashMap<>();
    private final Scope index;
    private final Lexicon lexicon = Lexicon.english();
    private final List<Item> items = new ArrayList<>();
    private final UnlinkedWords unlinked;
    private final RowWords rows;
    private final ColumnWords columns;

    private Tagger(List<Token> tokens, Scope index) {
        this.tokens = tokens;
        this.words = tokens.stream().map(Token::text).toList();
        this.raw = String.join(" ", tokens.stream().map(Token::raw).toList());
        this.rawStarts = new int[tokens.size() + 1];
        for (int i = 0; i < tokens.size(); i++) {
            rawStarts[i + 1] = rawStarts[i] + tokens.get(i).raw().length() + 1;
        }
        this.index = index;
        this.unlinked = new UnlinkedWords(tokens, index, items);
        this.rows = new RowWords(index);
        this.columns = new ColumnWords(index);
    }

    static List<Item> tag(List<Token> tokens, Scope index) {
        var tagger = new Tagger(tokens, index);
        int at = 0;
        while (at < tokens.size()) {
            at += tagger.next(at);
        }
        return InContext.read(List.copyOf(index.linkedByMeaning(tagger.items)));
    }

    private int next(int at) {
        Token token = tokens.get(at);
        if (token.kind() == Token.Kind.QUOTED) {
            items.add(quoted(token));
            return 1;
        }
        Optional<TaughtWords.Found> taught = index.taughtAt(tokens, at);
        if (taught.isPresent()) {
            items.addAll(taught.get().items());
            return taught.get().length();
        }
        List<SchemaIndex.WrittenName> written = index.writtenAt(tokens, at);
        if (!written.isEmpty()) {
            items.add(Item.columns(
                    written.get(0).column().name(),
                    written.stream()
                            .map(w -> new ColumnMatch(w.column(), 1, ColumnMatch.How.NAME))
                            .toList()));
            return written.get(0).tokens().size();
        }
        int excluded = excludedDates(at);
        if (excluded > 0) {
            return excluded;
        }
        if (token.text().equals("(") && continuesColumn(at)) {
            return 3;
        }
        if (token.kind() == Token.Kind.PUNCTUATION) {
            items.add(Item.of(Item.Kind.PUNCTUATION, token.text(), token.text()));
            return 1;
        }
        if (continuesVerb(at)) {
            items.add(Item.word(token.raw(), Tag.RELATES, ""));
            return 1;
        }
        int longest = Math.min(Math.max(Lexicon.LONGEST, index.longestValue()), run(at));
        for (int length = longest; length >= 1; length--) {
            Optional<Item> item = span(at, length);
            if (item.isPresent()) {
                items.add(item.get());
                return length;
            }
        }
        int part = partOfValue(at);
        if (part == 0) {
            items.add(unlinked.of(at));
        }
        return Math.max(1, part);
    }

    /** Some tokens as they were written, with blanks between them. */
    private String written(int at, int length) {
        return raw.substring(rawStarts[at], rawStarts[at + length] - 1);
    }

    /** "Canada" of a stored "Toronto, Canada", where the words are nothing else; how many tokens that takes. */
    private int partOfValue(int at) {
        for (int length = Math.min(MOST_OF_PART, run(at)); length >= 1; length--) {
            List<ValueMatch> parts = index.valueParts(words.subList(at, at + length));
            if (!parts.isEmpty() && !isJoint(words.get(at + length - 1))) {
                items.add(Item.values(written(at, length), parts));
                return length;
            }
        }
        return 0;
    }

    /** "Assigned to repair": what they do there is no thing. */
    private boolean continuesVerb(int at) {
        int last = items.size() - 1;
        String word = tokens.get(at).text();
        return !index.isSingle()
                && last > 0
                && tokens.get(at - 1).text().equals("to")
                && items.get(last - 1).is(Tag.RELATES)
                && tokens.get(at).isWord()
                && Stemmer.singular(word).equals(word);
    }

    /** "Order Date (not Ship Date)", as readings say it: which date is not meant; how many tokens that takes. */
    private int excludedDates(int at) {
        boolean follows = !items.isEmpty() && items.get(items.size() - 1).is(Item.Kind.COLUMN);
        boolean opens = tokens.get(at).text().equals("(")
                && at + 1 < tokens.size()
                && tokens.get(at + 1).text().equals("not");
        if (!follows || !opens) {
            return 0;
        }
        int end = at;
        while (end < tokens.size() && !tokens.get(end).text().equals(")")) {
            end++;
        }
        return end < tokens.size() ? end + 1 - at : 0;
    }

    /** "Sales (bin)" is a column of its own, and "beak length (mm)" names its unit as well. */
    private boolean continuesColumn(int at) {
        boolean closes = at + 2 < tokens.size() && tokens.get(at + 2).text().equals(")");
        int last = items.size() - 1;
        if (!closes || last < 0 || !items.get(last).is(Item.Kind.COLUMN)) {
            return false;
        }
        Item before = items.get(last);
        String text = before.text() + " (" + tokens.get(at + 1).raw() + ")";
        Optional<ColumnEntry> whole = index.find(text);
        whole.ifPresent(c -> items.set(last, Item.columns(text, List.of(new ColumnMatch(c, 1, ColumnMatch.How.NAME)))));
        return whole.isPresent()
                || before.columns().stream()
                        .allMatch(m -> m.column()
                                .column()
                                .unit()
                                .equalsIgnoreCase(tokens.get(at + 1).raw()));
    }

    /** How many words and numbers follow without a mark between them. */
    private int run(int at) {
        int end = at;
        while (end < tokens.size()
                && tokens.get(end).kind() != Token.Kind.PUNCTUATION
                && tokens.get(end).kind() != Token.Kind.QUOTED) {
            end++;
        }
        return end - at;
    }

    private Item quoted(Token token) {
        List<String> words = List.of(token.text().split(" ", -1));
        List<ValueMatch> values = index.values(words);
        if (!values.isEmpty()) {
            return Item.values(token.raw(), values);
        }
        List<ColumnMatch> named = index.find(token.raw())
                .map(c -> List.of(new ColumnMatch(c, 1, ColumnMatch.How.NAME)))
                .orElseGet(() -> index.named(words));
        return named.isEmpty() ? Item.of(Item.Kind.QUOTED, token.raw(), token.raw()) : Item.columns(token.raw(), named);
    }

    private Optional<Item> span(int at, int length) {
        List<Token> span = tokens.subList(at, at + length);
        boolean plainNumber = length == 1 && !span.get(0).isWord();
        if (plainNumber) {
            return Optional.empty();
        }
        List<String> words = this.words.subList(at, at + length);
        String text = written(at, length);
        if (length > Math.max(Lexicon.LONGEST, index.longestName())) {
            List<ValueMatch> stored = index.values(words);
            return stored.isEmpty() ? Optional.empty() : Optional.of(Item.values(text, stored));
        }
        Optional<Lexicon.Meaning> meaning = (holdsColumnWord(words) || isAbbreviation(span.get(0))
                        ? Optional.<Lexicon.Meaning>empty()
                        : lexicon.find(words))
                .filter(m -> m.tag() != Tag.RELATES);
        List<ColumnMatch> named = index.named(words);
        boolean isTable = words.size() > 1 && meaning.isEmpty() && named.isEmpty() && index.isTableName(words);
        if (isTable || rows.areNamed(tokens, at, words, named)) {
            return Optional.of(Item.of(Item.Kind.TABLE, text, text));
        }
        List<TableMatch> tables = index.tablesNamed(words);
        if (isWholly(tables)
                && (meaning.isEmpty() || mayBeTable(at, words, meaning.get().tag()))) {
            return Optional.of(Item.tables(text, tables, keysNamed(words, named)));
        }
        if (!named.isEmpty() && (meaning.isEmpty() || isMeantAsColumn(at, length, meaning.get(), named))) {
            return Optional.of(Item.columns(text, named));
        }
        if (meaning.isPresent()
                && !tables.isEmpty()
                && mayBeTable(at, words, meaning.get().tag())) {
            return Optional.of(Item.tables(text, tables, keysNamed(words, named)));
        }
        List<ColumnMatch> described = columns.describedBy(words, meaning.isPresent());
        if (!described.isEmpty()) {
            return Optional.of(Item.columns(text, described));
        }
        if (meaning.isPresent() && mayBeThing(at, meaning.get().tag())) {
            Optional<Item> schema = columnPart(words, text);
            if (schema.isPresent()
                    && (schema.get().is(Item.Kind.TABLE)
                            || schema.get().columns().get(0).score() >= 0.9)) {
                return schema;
            }
        }
        List<ValueMatch> values = Namesakes.values(words, index);
        boolean isLetter = length == 1 && words.get(0).length() == 1;
        if (isLetter && !values.isEmpty() && isBesideItsColumn(values)) {
            return Optional.of(Item.values(text, values));
        }
        boolean asStored = at > 0 && values.stream().anyMatch(v -> v.stored().equals(text));
        boolean isArticle = meaning.isPresent() && meaning.get().tag() == Tag.FILLER && !asStored;
        if (meaning.isPresent() && (values.isEmpty() || isArticle || !isBeforeItsColumn(at + length, values))) {
            return Optional.of(
                    Item.word(text, meaning.get().tag(), meaning.get().argument()));
        }
        boolean isInitial = isLetter && asStored && Character.isUpperCase(text.charAt(0));
        if (!values.isEmpty() && (meaning.isPresent() || !isLetter || isInitial || isBesideItsColumn(values))) {
            return Optional.of(Item.values(text, values));
        }
        boolean isVerb = length == 1 && unlinked.relates(tokens.get(at));
        boolean isPart = !tables.isEmpty() && tables.get(0).score() >= Scope.PART;
        if (isVerb && !isPart && index.containing(words).stream().allMatch(Tagger::isLoose)) {
            return Optional.of(Item.word(text, Tag.RELATES, ""));
        }
        return tables.isEmpty() ? columnPart(words, text) : tablePart(words, text, tables);
    }

    /** Whether a link rests on more than the word itself: "teach" is akin to teacher. */
    private static boolean isLoose(ColumnMatch match) {
        boolean isWhen = match.column().isTemporal() || match.column().isYearNumber();
        return !isWhen && match.how() != ColumnMatch.How.PART && match.how() != ColumnMatch.How.NAME;
    }

    private static boolean isWholly(List<TableMatch> tables) {
        return !tables.isEmpty() && tables.get(0).score() == 1;
    }

    /** A person or a plural that is no grammar word by itself may be a table; "order" may, where nothing is sorted. */
    private boolean mayBeTable(int at, List<String> words, Tag tag) {
        String last = words.get(words.size() - 1);
        boolean plural = !Stemmer.singular(last).equals(last)
                && lexicon.find(List.of(Stemmer.singular(last))).isEmpty();
        return words.size() > 1 || plural || mayBeThing(at, tag);
    }

    /** Columns that the words may mean as well, where the table itself is not read. */
    private List<ColumnMatch> keysNamed(List<String> words, List<ColumnMatch> named) {
        return named.isEmpty() ? index.containing(words) : named;
    }

    /** A part of a table's name, unless it is as good a name of a column. */
    private Optional<Item> tablePart(List<String> words, String text, List<TableMatch> tables) {
        if (isJoint(words.get(0)) || isJoint(words.get(words.size() - 1))) {
            return Optional.empty();
        }
        List<ColumnMatch> parts = index.containing(words);
        boolean isColumn = !parts.isEmpty()
                && (words.size() > 1 || parts.get(0).score() > tables.get(0).score())
                && !rows.areKeys(parts);
        return isColumn ? Optional.of(Item.columns(text, parts)) : Optional.of(Item.tables(text, tables, parts));
    }

    /** Where there is a column of types, "for each type of" names it. */
    private boolean holdsColumnWord(List<String> words) {
        if (words.size() > 1) {
            for (String word : words) {
                if (KINDS.contains(word) && !index.containing(List.of(word)).isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** "US" is no pronoun, unless everything is in capitals. */
    private boolean isAbbreviation(Token token) {
        return PRONOUNS.contains(token.text())
                && token.raw().equals(token.text().toUpperCase(Locale.ROOT))
                && tokens.stream().anyMatch(t -> t.isWord() && t.raw().equals(t.text()));
    }

    /** "Passengers" and "records" may be a table, and "per order" is no sorting. */
    private boolean mayBeThing(int at, Tag tag) {
        boolean counted = at > 0
                && List.of("per", "each", "every").contains(tokens.get(at - 1).text());
        boolean isNoun = tokens.get(at).text().equals("order")
                && at + 1 < tokens.size()
                && !AFTER_ORDER.contains(tokens.get(at + 1).text())
                && (at == 0 || !tokens.get(at - 1).text().equals("to"));
        return tag == Tag.PERSON || tag == Tag.ROWS || (tag == Tag.SORT && (counted || isNoun));
    }

    private Optional<Item> columnPart(List<String> words, String text) {
        boolean linksWords = isJoint(words.get(0)) || isJoint(words.get(words.size() - 1));
        boolean holdsName = words.size() > 1 && words.stream().anyMatch(this::isName);
        if (linksWords || holdsName) {
            return Optional.empty();
        }
        List<ColumnMatch> parts = index.containing(words);
        if (words.size() > 1 && parts.isEmpty() && words.stream().allMatch(index::isTableWord)) {
            return Optional.of(Item.of(Item.Kind.TABLE, text, text));
        }
        boolean isWholeName = !parts.isEmpty() && parts.get(0).score() >= 0.9 && !rows.areKeys(parts);
        if (words.size() == 1 && !isWholeName && index.isTableWord(words.get(0))) {
            return Optional.of(Item.of(Item.Kind.TABLE, text, text));
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(Item.columns(text, parts));
    }

    /** Whether a word by itself names a column; asked again for every span that the word is in. */
    private boolean isName(String word) {
        return nameWords.computeIfAbsent(word, w -> !index.named(List.of(w)).isEmpty() && !index.isTableWord(w));
    }

    private boolean isJoint(String word) {
        return lexicon.find(word).map(m -> JOINTS.contains(m.tag())).orElse(false);
    }

    /** A column may be called "who", "month" or "total": its place in the sentence decides. */
    private boolean isMeantAsColumn(int at, int length, Lexicon.Meaning meaning, List<ColumnMatch> named) {
        if (length > 1) {
            return true;
        }
        if (meaning.tag() == Tag.GRAIN) {
            ColumnEntry column = named.get(0).column();
            return column.isTemporal() || column.isYearNumber() || column.isNumeric();
        }
        int article = at > 1 && tokens.get(at - 1).text().equals("the") ? 1 : 0;
        String before = at == 0 ? "" : tokens.get(at - 1 - article).text();
        String after = at + 1 < tokens.size() ? tokens.get(at + 1).text() : "";
        boolean asTyped = at > 0
                && tokens.get(at).raw().equals(named.get(0).column().name())
                && Character.isUpperCase(tokens.get(at).raw().charAt(0));
        boolean isWeakName = meaning.tag() == Tag.WEAK
                && named.get(0).column().name().equalsIgnoreCase(tokens.get(at).text());
        boolean isNoun = isWeakName
                || (meaning.tag() == Tag.FILLER
                        && (after.equals("of") || NOUN_BEFORE.contains(before) || index.isTableWord(before)));
        return asTyped || isNoun || BEFORE_COLUMN.contains(before) || AFTER_COLUMN.contains(after);
    }

    /** "First class", "first and third class": a grammar word is a value if its column or a sibling follows. */
    private boolean isBeforeItsColumn(int next, List<ValueMatch> values) {
        boolean joined = next < tokens.size()
                && List.of("and", "or").contains(tokens.get(next).text());
        int at = joined ? next + 1 : next;
        if (at >= tokens.size()) {
            return false;
        }
        List<String> word = List.of(tokens.get(at).text());
        List<ColumnEntry> columns = joined
                ? index.values(word).stream().map(ValueMatch::column).toList()
                : index.named(word).stream().map(ColumnMatch::column).toList();
        return values.stream().anyMatch(v -> columns.contains(v.column()));
    }

    /** A single letter is a value only right after the column that holds it. */
    private boolean isBesideItsColumn(List<ValueMatch> values) {
        if (items.isEmpty()) {
            return false;
        }
        int last = items.size() - 1;
        while (last > 0 && (items.get(last).isFiller() || items.get(last).isMark("="))) {
            last--;
        }
        Item before = items.get(last);
        return before.is(Item.Kind.COLUMN)
                && before.columns().stream()
                        .anyMatch(m -> values.stream().anyMatch(v -> v.column().equals(m.column())));
    }
}
