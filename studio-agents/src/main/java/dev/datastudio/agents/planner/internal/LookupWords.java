package dev.datastudio.agents.planner.internal;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Splits a look-up into what it names: stored values, columns, dates, and the words between them. Where the grammar of
 * analyses takes "the" or "first" for a word of its own, a name that holds it goes before, and a name may be given in
 * part, as long as only one value holds that part.
 */
final class LookupWords {
    private static final int LONGEST = 12;
    private static final int SHORTEST_PART = 4;
    private static final Set<String> JOINTS = Set.of(
            "the", "a", "an", "of", "and", "or", "in", "on", "at", "to", "by", "with", "for", "from", "than", "as",
            "is", "was", "were", "are", "did", "does", "do", "has", "have", "had", "that", "who", "which", "what",
            "when", "where", "how", "it", "he", "she", "they", "this", "listed");

    private static final Set<String> ASKING = Set.of("which", "what", "many");

    private final SchemaIndex index;
    private final Lexicon lexicon = Lexicon.english();

    LookupWords(SchemaIndex index) {
        this.index = index;
    }

    List<Item> of(List<Token> tokens) {
        List<Item> items = new ArrayList<>();
        int at = 0;
        while (at < tokens.size()) {
            at += next(tokens, at, items);
        }
        return List.copyOf(items);
    }

    private int next(List<Token> tokens, int at, List<Item> items) {
        Token token = tokens.get(at);
        if (token.kind() == Token.Kind.PUNCTUATION) {
            items.add(Item.of(Item.Kind.PUNCTUATION, token.text(), token.text()));
            return 1;
        }
        for (int length = Math.min(LONGEST, tokens.size() - at); length >= 1; length--) {
            boolean isAsked =
                    length == 1 && at > 0 && ASKING.contains(tokens.get(at - 1).text());
            Optional<Item> item = span(tokens.subList(at, at + length))
                    // "Which lake": the noun, though many names hold it.
                    .filter(i -> !isAsked || i.values().stream().noneMatch(ValueMatch::isPart));
            if (item.isPresent()) {
                items.add(item.get());
                return length;
            }
        }
        items.add(alone(token));
        return 1;
    }

    private Optional<Item> span(List<Token> span) {
        Token last = span.get(span.size() - 1);
        if (last.kind() == Token.Kind.PUNCTUATION) {
            return Optional.empty();
        }
        Optional<LocalDate> date =
                index.columns().stream().anyMatch(ColumnEntry::isTemporal) ? date(span) : Optional.empty();
        if (date.isPresent()) {
            return Optional.of(Item.of(Item.Kind.DATE, raw(span), date.get()));
        }
        List<String> words = new ArrayList<>();
        for (Token token : span) {
            if (token.kind() == Token.Kind.QUOTED) {
                words.addAll(List.of(token.text().split(" ", -1)));
            } else if (token.kind() != Token.Kind.PUNCTUATION) {
                words.add(plain(token));
            }
        }
        boolean isNumber =
                span.size() == 1 && !span.get(0).isWord() && span.get(0).kind() != Token.Kind.QUOTED;
        return isNumber ? Optional.empty() : named(words, raw(span), span.get(0).kind() == Token.Kind.QUOTED);
    }

    private Optional<Item> named(List<String> words, String text, boolean quoted) {
        boolean isGrammar = !quoted && isGrammar(words);
        List<ColumnMatch> columns = index.named(words).stream()
                .filter(m -> m.how() == ColumnMatch.How.NAME)
                .toList();
        if (!columns.isEmpty() && !quoted) {
            return Optional.of(Item.columns(text, columns));
        }
        List<ValueMatch> exact = isGrammar && words.size() == 1 ? List.of() : index.values(words);
        if (!exact.isEmpty()) {
            return Optional.of(Item.values(text, exact));
        }
        boolean isJoined = JOINTS.contains(words.get(0)) || JOINTS.contains(words.get(words.size() - 1));
        boolean isVerb = words.size() == 1
                && lexicon.find(words).filter(m -> m.tag() == Tag.RELATES).isPresent();
        if ((isGrammar && !isVerb) || isJoined) {
            return Optional.empty();
        }
        List<ColumnMatch> parts = index.containing(words).stream()
                .filter(m -> m.how().compareTo(ColumnMatch.How.ABBREVIATION) <= 0)
                .toList();
        if (isVerb) {
            // "Released in 1995": what a verb names beside a number is a column of numbers or times.
            boolean isSize = parts.size() == 1
                    && (parts.get(0).column().isNumeric()
                            || parts.get(0).column().isTemporal());
            return isSize ? Optional.of(Item.columns(text, parts)) : Optional.empty();
        }
        if (!parts.isEmpty() && words.stream().noneMatch(w -> isGrammar(List.of(w)))) {
            return Optional.of(Item.columns(text, parts));
        }
        boolean isName = words.size() > 1
                ? words.stream().anyMatch(w -> !isGrammar(List.of(w)))
                : words.get(0).length() >= SHORTEST_PART;
        boolean isNoun = words.size() == 1 && !Stemmer.singular(words.get(0)).equals(words.get(0));
        List<ValueMatch> holding = isName ? index.valuesHolding(words) : List.of();
        if (isNoun && holding.stream().anyMatch(ValueMatch::isPart)) {
            return Optional.empty();
        }
        return holding.isEmpty() ? Optional.empty() : Optional.of(Item.values(text, holding));
    }

    private boolean isGrammar(List<String> words) {
        return lexicon.find(words).isPresent() || (words.size() == 1 && JOINTS.contains(words.get(0)));
    }

    /** "9th" of "November 9th" is written 9. */
    private static String plain(Token token) {
        return token.value() instanceof BigDecimal number
                        && Character.isLetter(token.raw().charAt(token.raw().length() - 1))
                        && number.scale() <= 0
                ? number.toPlainString()
                : token.text();
    }

    private Item alone(Token token) {
        if (token.value() instanceof BigDecimal) {
            return Item.of(Item.Kind.NUMBER, token.raw(), token.value());
        } else if (token.value() instanceof LocalDate) {
            return Item.of(Item.Kind.DATE, token.raw(), token.value());
        }
        return lexicon.find(List.of(token.text()))
                .map(m -> Item.word(token.raw(), m.tag(), m.argument()))
                .orElseGet(() -> Item.of(Item.Kind.UNKNOWN, token.raw(), token.raw()));
    }

    private static String raw(List<Token> span) {
        var text = new StringBuilder();
        for (Token token : span) {
            boolean glued = text.isEmpty() || token.kind() == Token.Kind.PUNCTUATION;
            text.append(glued ? "" : " ").append(token.raw());
        }
        return text.toString();
    }

    /** "May 24, 2199" or "24 May 2199". */
    private Optional<LocalDate> date(List<Token> span) {
        List<Token> words = span.stream().filter(t -> !t.text().equals(",")).toList();
        if (words.size() != 3 || span.get(0).text().equals(",")) {
            return Optional.empty();
        }
        int month = month(words.get(0));
        Token day = month > 0 ? words.get(1) : words.get(0);
        month = month > 0 ? month : month(words.get(1));
        if (month == 0
                || !(day.value() instanceof BigDecimal d)
                || !(words.get(2).value() instanceof BigDecimal year)
                || words.get(2).raw().length() != 4) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.of(year.intValueExact(), month, d.intValueExact()));
        } catch (ArithmeticException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private int month(Token token) {
        return lexicon.find(List.of(token.text()))
                .filter(m -> m.tag() == Tag.MONTH)
                .map(m -> Integer.parseInt(m.argument()))
                .orElse(0);
    }
}
