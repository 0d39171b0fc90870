package dev.datastudio.agents.planner.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A request of several sentences in tokens. Signs of formulas become words, list items become sentences, and the name
 * that a new column is given is one quoted token wherever it stands.
 */
final class RequestText {
    private static final Pattern ITEM = Pattern.compile("(?m)^\\s*(?:[-•*]|\\(?\\d{1,2}[.):])\\s+");
    private static final Pattern LINE = Pattern.compile("([^\\s.;:!?,{}])[ \\t]*[{}]?\\s*\\R+\\s*");
    private static final Pattern MINUS = Pattern.compile("(?<=[\\w)\"'\\]])\\s+[-−–]\\s+(?=[\\w(\"'\\[])");
    private static final Pattern PLUS = Pattern.compile("\\s\\+\\s");
    private static final Pattern TIMES_RANGE = Pattern.compile("(?i)(\\d)\\s*[x×*]?\\s*(iqr)\\b");
    private static final Pattern ABBREVIATION = Pattern.compile("(?i)\\b(?:i\\.e\\.?|e\\.g\\.?|viz\\.),?");
    /** Terms of several words that must not be taken apart: "value" and "score" may be columns. */
    private static final Pattern P_VALUE = Pattern.compile("(?i)\\bp[- ]values?\\b");

    private static final Pattern Z_SCORE = Pattern.compile("(?i)\\bz[- ]?scores?\\b");
    private static final Pattern PERCENT = Pattern.compile("(\\d)\\s+%");
    private static final Pattern FILE = Pattern.compile(
            "(?i)\\b(?:(?:in|from|of|on|within) )?(?:the )?[\\w-]+\\.(?:csv|tsv|xlsx|json|parquet)\\b(?: (?:file|dataset|data set))?");
    private static final Pattern QUOTED_MODULE =
            Pattern.compile("(?i)['\"]((?:scipy|numpy|pandas|statistics|sklearn)(?:\\.[a-z]+)?)['\"]");
    private static final Pattern MODULE = Pattern.compile("(?i)\\b(scipy|numpy|statsmodels|sklearn)\\.(?=[a-z])");
    private static final Pattern SQUARED = Pattern.compile("(?i)\\bR(?:²|\\^2|-squared|2\\b)");
    private static final Pattern DATE_FORMAT = Pattern.compile(
            "(?i)\\b(?:in |as |with |using )?(?:the )?(?:date )?(?:format )?(?:of )?['\"]?\\b[YMDhms]{2,4}(?:[-/:. ][YMDhms]{2,4})+\\b['\"]?(?: format)?");
    private static final Pattern PERCENTILES = Pattern.compile(
            "(?i)((?:\\d{1,2}(?:st|nd|rd|th)(?:\\s*,\\s*(?:and\\s+)?|\\s+and\\s+(?:the\\s+)?))+\\d{1,2}(?:st|nd|rd|th))\\s+percentiles?\\b");
    private static final Pattern HEADING = Pattern.compile("(?i)^\\s*(?:question\\s*)?\\d{1,3}\\s*[:.]\\s+");

    /** Where a word stands that is a name, even if it is a plain word elsewhere. */
    private static final Set<String> BEFORE_NAME =
            Set.of("of", "between", "and", "for", "the", "to", "with", "by", "in", "if", "whether", ",");

    private RequestText() {}

    static List<Token> tokens(String request) {
        String text =
                DATE_FORMAT.matcher(HEADING.matcher(request).replaceFirst("")).replaceAll(" ");
        text = PERCENTILES.matcher(text).replaceAll(RequestText::eachPercentile);
        text = LINE.matcher(ITEM.matcher(text).replaceAll(". ")).replaceAll("$1. ");
        text = PERCENT.matcher(text).replaceAll("$1%");
        text = ABBREVIATION.matcher(text).replaceAll(" that is ");
        text = QUOTED_MODULE.matcher(FILE.matcher(text).replaceAll(" ")).replaceAll("$1");
        text = Z_SCORE.matcher(P_VALUE.matcher(text).replaceAll("pvalue")).replaceAll("zscore");
        text = MODULE.matcher(text).replaceAll("$1 ");
        text = SQUARED.matcher(text).replaceAll("r squared");
        text = TIMES_RANGE.matcher(text).replaceAll("$1 * $2");
        text = MINUS.matcher(text).replaceAll(" minus ");
        text = PLUS.matcher(text).replaceAll(" plus ");
        return withNames(Tokenizer.tokenize(text));
    }

    /** "25th, 50th and 75th percentiles" are three of them. */
    private static String eachPercentile(MatchResult list) {
        return list.group(1).replaceAll("(?i)(\\d)(st|nd|rd|th)\\b", "$1$2 percentile");
    }

    /** "A column called X": X is a name from there on, quoted or not. */
    private static List<Token> withNames(List<Token> tokens) {
        List<List<String>> names = new ArrayList<>();
        for (int i = 1; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.kind() == Token.Kind.QUOTED && introduces(tokens, i)) {
                names.add(words(token));
            }
        }
        List<Token> merged = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            int at = i;
            List<String> name = names.stream()
                    .filter(n -> matches(tokens, at, n))
                    .max((a, b) -> Integer.compare(a.size(), b.size()))
                    .orElse(List.of());
            if (name.isEmpty()) {
                merged.add(tokens.get(i));
            } else {
                merged.add(Token.quoted(String.join(" ", name)));
                i += name.size() - 1;
            }
        }
        return merged;
    }

    private static boolean introduces(List<Token> tokens, int at) {
        String before = tokens.get(at - 1).text();
        boolean made = tokens.subList(Math.max(0, at - 4), at).stream()
                .anyMatch(t -> t.text().equals("new") || t.text().equals("additional"));
        return List.of("called", "named", "name", "titled", "labelled").contains(before)
                || (made && List.of("feature", "column", "variable", "field").contains(before));
    }

    private static List<String> words(Token quoted) {
        return List.of(quoted.text().toLowerCase(Locale.ROOT).split(" ", -1));
    }

    private static boolean matches(List<Token> tokens, int at, List<String> name) {
        boolean plain = name.size() == 1 && Lexicon.english().find(name).isPresent();
        boolean placed = at > 0 && BEFORE_NAME.contains(tokens.get(at - 1).text());
        if (at + name.size() > tokens.size() || (plain && !placed)) {
            return false;
        }
        for (int i = 0; i < name.size(); i++) {
            Token token = tokens.get(at + i);
            if (!token.isWord() || !token.text().equals(name.get(i))) {
                return false;
            }
        }
        return true;
    }
}
