package dev.datastudio.agents.planner.internal;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Cuts a question into words, numbers, dates, quoted strings and marks, in one pass over its characters. */
final class Tokenizer {
    private static final Map<String, String> SCALES = Map.of(
            "k",
            "1000",
            "thousand",
            "1000",
            "m",
            "1000000",
            "mio",
            "1000000",
            "million",
            "1000000",
            "bn",
            "1000000000",
            "billion",
            "1000000000");
    private static final Map<String, String> NUMBER_WORDS = Map.ofEntries(
            Map.entry("two", "2"),
            Map.entry("three", "3"),
            Map.entry("four", "4"),
            Map.entry("five", "5"),
            Map.entry("six", "6"),
            Map.entry("seven", "7"),
            Map.entry("eight", "8"),
            Map.entry("nine", "9"),
            Map.entry("ten", "10"),
            Map.entry("twelve", "12"),
            Map.entry("twenty", "20"),
            Map.entry("fifty", "50"),
            Map.entry("hundred", "100"));
    private static final Map<String, String> CONTRACTIONS = Map.ofEntries(
            Map.entry("what's", "what is"),
            Map.entry("who's", "who is"),
            Map.entry("where's", "where is"),
            Map.entry("how's", "how is"),
            Map.entry("it's", "it is"),
            Map.entry("let's", "show"),
            Map.entry("isn't", "is not"),
            Map.entry("aren't", "are not"),
            Map.entry("wasn't", "was not"),
            Map.entry("weren't", "were not"),
            Map.entry("don't", "do not"),
            Map.entry("doesn't", "does not"),
            Map.entry("didn't", "did not"),
            Map.entry("can't", "can not"),
            Map.entry("i'd", "i would"),
            Map.entry("i'm", "i am"));
    /** Their full stop ends no sentence. */
    private static final Pattern ABBREVIATIONS =
            Pattern.compile("(?i)\\b(vs|avg|approx|max|min|std|incl|excl)\\.(?=\\s)");

    /** "3 or less than -3" are two bounds, not "3 or less". */
    private static final Pattern OR_LESS = Pattern.compile("(?i)\\bor (?:less|lower|fewer) than\\b(?! or\\b)");

    private static final Pattern OR_MORE = Pattern.compile("(?i)\\bor (?:greater|more|higher) than\\b(?! or\\b)");

    private static final Set<String> BEFORE_NUMBER = Set.of("than", "least", "most", "exactly", "between", "only");
    private static final Set<String> MORE = Set.of("more", "greater", "higher");
    private static final Set<String> FEWER = Set.of("fewer", "less", "lower");
    private static final String CURRENCIES = "$€£¥";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Tokenizer(String text) {
        this.text = text;
    }

    static List<Token> tokenize(String question) {
        String bounds = OR_LESS.matcher(straightened(question)).replaceAll("or below");
        return new Tokenizer(OR_MORE.matcher(bounds).replaceAll("or above")).run();
    }

    /** Words of a name or stored value, joined by single blanks: what is compared when two are compared. */
    static String normalise(String phrase) {
        var words = new StringBuilder();
        for (Token token : tokenize(phrase.replace('"', ' ').replace('`', ' '))) {
            if (token.kind() != Token.Kind.PUNCTUATION) {
                words.append(words.isEmpty() ? "" : " ").append(token.text());
            }
        }
        return words.toString();
    }

    private static String straightened(String question) {
        return ABBREVIATIONS
                .matcher(Normalizer.normalize(question, Normalizer.Form.NFKC))
                .replaceAll("$1")
                .replace('\u2018', '\'')
                .replace('\u2019', '\'')
                .replace('\u201c', '"')
                .replace('\u201d', '"')
                .replace('\u00ab', '"')
                .replace('\u00bb', '"')
                .replace('\u2013', '-')
                .replace('\u2014', ',');
    }

    private List<Token> run() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '"' || c == '`' || (c == '\'' && closesWord('\''))) {
                quoted(c);
            } else if (Character.isDigit(c) || startsNumber(c)) {
                number();
            } else if (Character.isLetter(c) || c == '_') {
                word();
            } else {
                mark();
            }
        }
        return List.copyOf(tokens);
    }

    private boolean closesWord(char quote) {
        int end = text.indexOf(quote, at + 1);
        boolean opens = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
        return opens && end > at + 1 && end - at <= 100;
    }

    private void quoted(char quote) {
        int end = text.indexOf(quote, at + 1);
        if (end < 0) {
            at++;
            return;
        }
        String content = text.substring(at + 1, end).strip();
        at = end + 1;
        if (!content.isEmpty() && content.indexOf('"') < 0) {
            tokens.add(Token.quoted(content));
        }
    }

    private boolean startsNumber(char c) {
        int next = at + 1;
        boolean digitFollows = next < text.length() && Character.isDigit(text.charAt(next));
        boolean signFits = c == '-' && (tokens.isEmpty() || at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)));
        return digitFollows && (CURRENCIES.indexOf(c) >= 0 || signFits || c == '.');
    }

    private void number() {
        int start = at;
        Optional<LocalDate> date = isoDate();
        if (date.isPresent()) {
            tokens.add(Token.date(date.get(), text.substring(start, at)));
            return;
        }
        var digits = new StringBuilder();
        if (text.charAt(at) == '-') {
            digits.append('-');
        }
        if (!Character.isDigit(text.charAt(at)) && text.charAt(at) != '.') {
            at++;
        }
        while (at < text.length() && isNumberPart()) {
            char c = text.charAt(at++);
            if (c != ',') {
                digits.append(Character.isDigit(c) ? (char) ('0' + Character.digit(c, 10)) : c);
            }
        }
        suffix(start, digits.toString());
    }

    private boolean isNumberPart() {
        char c = text.charAt(at);
        boolean digitNext = at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
        if (c == ',') {
            return digitNext
                    && at + 3 < text.length()
                    && Character.isDigit(text.charAt(at + 3))
                    && (at + 4 == text.length() || !Character.isDigit(text.charAt(at + 4)));
        }
        return Character.isDigit(c) || (c == '.' && digitNext);
    }

    private void suffix(int start, String digits) {
        int letters = at;
        while (letters < text.length() && Character.isLetter(text.charAt(letters))) {
            letters++;
        }
        String suffix = text.substring(at, letters).toLowerCase(Locale.ROOT);
        BigDecimal value = parsed(digits);
        if (value == null || (!suffix.isEmpty() && !SCALES.containsKey(suffix) && !isOrdinal(suffix))) {
            at = Math.max(at, letters);
            while (at < text.length() && isWordPart(text.charAt(at))) {
                at++;
            }
            String raw = text.substring(start, at);
            tokens.add(Token.word(raw.toLowerCase(Locale.ROOT), raw));
            return;
        }
        at = letters;
        if (SCALES.containsKey(suffix)) {
            value = value.multiply(new BigDecimal(SCALES.get(suffix)));
        }
        if (at < text.length() && text.charAt(at) == '%') {
            at++;
        }
        String raw = text.substring(start, at);
        tokens.add(Token.number(value, raw));
    }

    private static boolean isOrdinal(String suffix) {
        return suffix.equals("st") || suffix.equals("nd") || suffix.equals("rd") || suffix.equals("th");
    }

    private static @Nullable BigDecimal parsed(String digits) {
        try {
            return digits.length() > 40 ? null : new BigDecimal(digits);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private Optional<LocalDate> isoDate() {
        int end = at + 10;
        if (end > text.length() || text.charAt(at + 4) != '-' || text.charAt(at + 7) != '-') {
            return Optional.empty();
        }
        try {
            LocalDate date = LocalDate.parse(text.substring(at, end));
            at = end;
            return Optional.of(date);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || Character.getType(c) == Character.NON_SPACING_MARK;
    }

    private void word() {
        int start = at;
        while (at < text.length() && (isWordPart(text.charAt(at)) || isInnerApostrophe())) {
            at++;
        }
        String raw = text.substring(start, at);
        String lower = raw.toLowerCase(Locale.ROOT);
        String contraction = CONTRACTIONS.get(lower);
        if (contraction != null) {
            for (String part : contraction.split(" ", -1)) {
                tokens.add(Token.word(part, part));
            }
        } else if (lower.endsWith("'s")) {
            addWord(lower.substring(0, lower.length() - 2), raw.substring(0, raw.length() - 2));
        } else {
            addWord(lower, raw);
        }
    }

    private boolean isInnerApostrophe() {
        return text.charAt(at) == '\'' && at + 1 < text.length() && Character.isLetter(text.charAt(at + 1));
    }

    private void addWord(String lower, String raw) {
        Token last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
        String scale = SCALES.get(lower);
        if (scale != null && lower.length() > 1 && last != null && last.value() instanceof BigDecimal number) {
            tokens.set(tokens.size() - 1, Token.number(number.multiply(new BigDecimal(scale)), last.raw() + " " + raw));
            return;
        }
        if (lower.equals("one") && last != null && BEFORE_NUMBER.contains(last.text())) {
            tokens.add(Token.number(BigDecimal.ONE, raw));
            return;
        }
        boolean isLimit = MORE.contains(lower) || FEWER.contains(lower);
        if (isLimit && putLimitFirst(MORE.contains(lower) ? "least" : "most")) {
            return;
        }
        String number = NUMBER_WORDS.get(lower);
        tokens.add(number == null ? Token.word(lower, raw) : Token.number(new BigDecimal(number), raw));
    }

    /** "2 or more" is taken as "at least 2". */
    private boolean putLimitFirst(String limit) {
        int or = tokens.size() - 1;
        boolean follows = or > 0
                && tokens.get(or).text().equals("or")
                && tokens.get(or - 1).value() instanceof BigDecimal;
        if (follows) {
            tokens.remove(or);
            tokens.add(or - 1, Token.word(limit, limit));
            tokens.add(or - 1, Token.word("at", "at"));
        }
        return follows;
    }

    private void mark() {
        String two = at + 2 <= text.length() ? text.substring(at, at + 2) : "";
        if (two.equals(">=") || two.equals("<=") || two.equals("!=") || two.equals("<>") || two.equals("==")) {
            tokens.add(Token.punctuation(two));
            at += 2;
        } else {
            int length = Character.charCount(text.codePointAt(at));
            String mark = text.substring(at, at + length);
            at += length;
            if (",;.?!:=<>/&()*".contains(mark)) {
                tokens.add(Token.punctuation(mark));
            } else if (Character.isLetter(mark.codePointAt(0))) {
                tokens.add(Token.word(mark, mark));
            }
        }
    }
}
