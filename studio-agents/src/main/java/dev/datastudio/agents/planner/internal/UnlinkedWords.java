package dev.datastudio.agents.planner.internal;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What to make of tokens that are neither grammar words nor anything of the data, by the words around them. */
final class UnlinkedWords {
    private static final Set<String> KIND_NOUNS = Set.of("name", "category", "label", "title", "group", "kind");
    private static final Set<String> BACK_NOUNS =
            Set.of("country", "city", "state", "place", "way", "type", "kind", "code", "category", "group", "class");
    private static final Set<String> GROUPERS = Set.of("each", "every", "per", "different");

    private final List<Token> tokens;
    private final Scope index;
    private final Lexicon lexicon = Lexicon.english();
    private final List<Item> items;

    /** @param items what the tokens before were taken for; grows while tokens are read */
    UnlinkedWords(List<Token> tokens, Scope index, List<Item> items) {
        this.tokens = tokens;
        this.index = index;
        this.items = items;
    }

    /** A token that is neither a grammar word nor anything of the data. */
    Item of(int at) {
        Token token = tokens.get(at);
        if (relates(token)) {
            return Item.word(token.raw(), Tag.RELATES, "");
        }
        if (token.isWord() && index.isNameless() && asksForRows(at, token)) {
            return Item.word(token.raw(), Tag.ROWS, "");
        }
        boolean saysNothing = token.isWord() && (repeatsColumn(at, token) || refersBack(token) || linksGroup(token));
        return saysNothing ? Item.word(token.raw(), Tag.WEAK, "") : leftOver(token);
    }

    /** "How many athletes" and "which film" name the rows of a table that has no name of its own. */
    private boolean asksForRows(int at, Token token) {
        int before = items.size() - 1;
        while (before >= 0 && items.get(before).is(Tag.FILLER)) {
            before--;
        }
        boolean counted = before >= 0 && items.get(before).is(Tag.COUNT);
        boolean asked = at > 0
                && List.of("which", "what", "whose").contains(tokens.get(at - 1).text());
        boolean ranked = before >= 0
                && (items.get(before).is(Tag.MORE_OF)
                        || items.get(before).is(Tag.LESS_OF)
                        || (items.get(before).is(Item.Kind.NUMBER)));
        boolean plural = !Stemmer.singular(token.text()).equals(token.text());
        return (counted && plural) || asked || (ranked && index.isNameless() && plural);
    }

    /** "Country name", "arrival time", "colour category": what kind of thing the column holds is known anyway. */
    private boolean repeatsColumn(int at, Token token) {
        String word = Stemmer.singular(token.text());
        int last = items.size() - 1;
        boolean follows = last >= 0 && items.get(last).is(Item.Kind.COLUMN);
        if (follows && (word.equals("time") || word.equals("date"))) {
            return items.get(last).columns().stream()
                    .allMatch(m -> m.column().isTemporal() || m.column().parts().contains("time"));
        }
        boolean labels = KIND_NOUNS.contains(word);
        boolean precedes = word.equals("name")
                && at + 1 < tokens.size()
                && tokens.get(at + 1).text().equals("of");
        return labels
                && ((follows
                                && items.get(last).columns().stream()
                                        .allMatch(m -> !m.column().isNumeric()))
                        || precedes);
    }

    /** "In that country", after something was grouped, says again what it is grouped by. */
    private boolean refersBack(Token token) {
        boolean demonstrated = false;
        for (int i = items.size() - 1; i >= 0 && i >= items.size() - 2; i--) {
            demonstrated |=
                    List.of("that", "this", "such").contains(items.get(i).text().toLowerCase(Locale.ROOT));
        }
        return demonstrated
                && BACK_NOUNS.contains(Stemmer.singular(token.text()))
                && items.stream().anyMatch(i -> i.is(Tag.GROUP));
    }

    /** "The films produced by each studio": what groups rows by a column needs no verb of its own. */
    private boolean linksGroup(Token token) {
        return index.isSingle()
                && lexicon.find(List.of(token.text()))
                        .filter(m -> m.tag() == Tag.RELATES && m.argument().equals("link"))
                        .isPresent()
                && (index.isNameless() || tokens.stream().anyMatch(t -> GROUPERS.contains(t.text())));
    }

    /** "Enrolled", "booked": between tables such a verb says no more than that their rows belong together. */
    boolean relates(Token token) {
        return !index.isSingle()
                && token.isWord()
                && lexicon.find(List.of(token.text()))
                        .filter(m -> m.tag() == Tag.RELATES)
                        .isPresent();
    }

    private Item leftOver(Token token) {
        return switch (token.kind()) {
            case NUMBER -> Item.of(Item.Kind.NUMBER, token.raw(), token.value());
            case DATE -> Item.of(Item.Kind.DATE, token.raw(), token.value());
            default ->
                lexicon.nearest(token.text())
                        .map(m -> Item.word(token.raw(), m.tag(), m.argument()))
                        .orElseGet(() -> Item.of(Item.Kind.UNKNOWN, token.raw(), token.raw()));
        };
    }
}
