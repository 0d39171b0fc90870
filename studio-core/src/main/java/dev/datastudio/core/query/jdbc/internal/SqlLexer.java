package dev.datastudio.core.query.jdbc.internal;

import dev.datastudio.core.query.internal.Refusals;
import dev.datastudio.core.query.jdbc.internal.LexicalRules.Backslash;
import dev.datastudio.core.query.jdbc.internal.LexicalRules.Brackets;
import dev.datastudio.core.query.jdbc.internal.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts a statement into tokens, so that only one reading is left: comments are dropped, texts and quoted names are kept
 * by their value, and whatever engines or parsers are known to read differently is refused. Not thread-safe; one for
 * each text.
 */
final class SqlLexer {
    static final int MAX_LENGTH = 100_000;
    static final int MAX_TOKENS = 20_000;
    static final int MAX_NESTING = 40;

    /** Before a quote they change what the text means. */
    private static final Set<String> PREFIXES = Set.of("b", "e", "n", "q", "r", "u", "x", "nq");

    private static final List<String> SYMBOLS = List.of(
            "->>", "!~*", "!=", "<>", "<=", ">=", "||", "::", "->", "~*", "!~", "<<", ">>", "(", ")", ",", ".", "+",
            "-", "*", "/", "%", "<", ">", "=", "^", "&", "|", "~", "[", "]", ":");

    private final String sql;
    private final LexicalRules rules;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int nesting;
    private int cases;
    private int prefixes;
    private int counted;

    SqlLexer(String sql, LexicalRules rules) {
        this.sql = sql;
        this.rules = rules;
    }

    /** @throws dev.datastudio.api.error.StudioException with SQL_REFUSED or SQL_INVALID */
    List<Token> tokens() {
        if (sql.length() > MAX_LENGTH) {
            throw GateRefusals.tooLong(sql.length(), MAX_LENGTH);
        }
        while (at < sql.length()) {
            if (!skipped()) {
                next();
            }
            countPrefixes();
            if (tokens.size() > MAX_TOKENS) {
                throw GateRefusals.tooLong(tokens.size(), MAX_TOKENS);
            }
        }
        dropFinalSemicolons();
        if (tokens.isEmpty()) {
            throw Refusals.empty();
        }
        return tokens;
    }

    /** Signs and NOT nest like brackets. */
    private void countPrefixes() {
        if (tokens.isEmpty() || tokens.size() == counted) {
            return;
        }
        counted = tokens.size();
        Token last = tokens.get(counted - 1);
        prefixes = last.is("not") || last.is("-") || last.is("+") || last.is("~") ? prefixes + 1 : 0;
        if (prefixes > MAX_NESTING) {
            throw Refusals.tooDeep();
        }
    }

    private void dropFinalSemicolons() {
        while (!tokens.isEmpty() && tokens.get(tokens.size() - 1).is(";")) {
            tokens.remove(tokens.size() - 1);
        }
        if (tokens.stream().anyMatch(t -> t.is(";"))) {
            throw GateRefusals.severalStatements();
        }
    }

    private char peek(int offset) {
        return at + offset < sql.length() ? sql.charAt(at + offset) : '\0';
    }

    private boolean skipped() {
        char c = peek(0);
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            at++;
            return true;
        } else if (sql.startsWith("--", at)) {
            skipLineComment();
            return true;
        } else if (sql.startsWith("/*", at)) {
            skipBlockComment();
            return true;
        }
        return false;
    }

    /** MySQL begins a comment only when a space follows; a lone carriage return ends one in some engines only. */
    private void skipLineComment() {
        int end = sql.indexOf('\n', at);
        String comment = sql.substring(at, end < 0 ? sql.length() : end);
        boolean spaced = comment.length() == 2 || Character.isWhitespace(comment.charAt(2));
        int lone = comment.indexOf('\r');
        if (!spaced || (lone >= 0 && lone < comment.length() - 1) || comment.indexOf('\0') >= 0) {
            throw GateRefusals.ambiguous("a comment", "Begin it with '-- ' and end it with the line, or take it out");
        }
        at += comment.length();
    }

    /** MySQL runs some comments, and only PostgreSQL lets them nest. */
    private void skipBlockComment() {
        int end = sql.indexOf("*/", at + 2);
        String comment = end < 0 ? sql.substring(at) : sql.substring(at, end);
        String body = comment.substring(2);
        boolean hint = body.startsWith("!")
                || body.startsWith("+")
                || body.toUpperCase(Locale.ROOT).startsWith("M!");
        if (end < 0 || hint || body.contains("/*") || body.indexOf('\0') >= 0) {
            throw GateRefusals.ambiguous("a comment", "Take it out");
        }
        at = end + 2;
    }

    private void next() {
        char c = peek(0);
        if (c == '\'') {
            checkPrefix();
            tokens.add(new Token(Kind.TEXT, text()));
        } else if ((c == 'N' || c == 'n') && peek(1) == '\'' && rules.national()) {
            at++;
            tokens.add(new Token(Kind.TEXT, text()));
        } else if (c == '"' || (c == '`' && rules.backticks())) {
            checkPrefix();
            addName(quoted(c, false));
        } else if (c == '[' && rules.brackets() != Brackets.NONE) {
            bracketedName();
        } else if (isWordStart(c)) {
            word();
        } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
            number();
        } else if (c == '?') {
            at++;
            if (isWordPart(peek(0)) || peek(0) == '?') {
                throw GateRefusals.ambiguous("a numbered or doubled '?'", "Write a plain '?' for each value");
            }
            tokens.add(new Token(Kind.PARAMETER, "?"));
        } else {
            symbol();
        }
    }

    private void addName(String name) {
        if (name.isEmpty()) {
            throw GateRefusals.syntax("a name is empty");
        }
        tokens.add(new Token(Kind.NAME, name));
    }

    private void checkPrefix() {
        if (at > 1 && sql.charAt(at - 1) == '&' && isWordPart(sql.charAt(at - 2))) {
            throw GateRefusals.ambiguous("a text with a prefix", "Write texts in plain single quotes");
        }
        if (at > 0 && isWordPart(sql.charAt(at - 1)) && !tokens.isEmpty()) {
            String prefix = tokens.get(tokens.size() - 1).folded();
            if (PREFIXES.contains(prefix) || prefix.startsWith("_")) {
                throw GateRefusals.ambiguous(
                        "a text with a prefix", "Write texts in plain single quotes, or bind them as '?'");
            }
        }
    }

    private String text() {
        String text = quoted('\'', rules.backslash() == Backslash.ESCAPE);
        if (rules.backslash() == Backslash.JOINS_LINES && text.matches("(?s).*\\\\[\r\n].*")) {
            throw GateRefusals.ambiguous(
                    "a backslash at the end of a line in a text", "Write the text in one line, or bind it as '?'");
        }
        return text;
    }

    private String quoted(char quote, boolean escapes) {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == quote && peek(1) == quote) {
                value.append(quote);
                at += 2;
            } else if (c == quote) {
                at++;
                return checked(value.toString());
            } else if (c == '\\' && escapes) {
                value.append(unescaped(peek(1)));
                at += 2;
            } else {
                value.append(c);
                at++;
            }
        }
        throw GateRefusals.syntax("a quote is not closed");
    }

    private static String unescaped(char c) {
        return switch (c) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case 'b' -> "\b";
            case 'Z' -> "\u001a";
            case '%' -> "\\%";
            case '_' -> "\\_";
            default -> String.valueOf(c);
        };
    }

    /** What can't be sent as UTF-8, or ends a text early in C. */
    private static String checked(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean high = Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1));
            if (high) {
                i++;
            } else if (c == '\0' || Character.isSurrogate(c)) {
                throw Refusals.controlCharacter();
            }
        }
        return value;
    }

    private void bracketedName() {
        boolean doubled = rules.brackets() == Brackets.DOUBLED;
        int end = sql.indexOf(']', at);
        while (doubled && end >= 0 && sql.startsWith("]]", end)) {
            end = sql.indexOf(']', end + 2);
        }
        if (end < 0) {
            throw GateRefusals.syntax("a bracket is not closed");
        }
        String name = sql.substring(at + 1, end);
        addName(checked(doubled ? name.replace("]]", "]") : name));
        at = end + 1;
    }

    private void word() {
        int start = at;
        while (isWordPart(peek(0))) {
            at++;
        }
        Token word = new Token(Kind.WORD, sql.substring(start, at));
        tokens.add(word);
        cases += word.is("case") ? 1 : word.is("end") ? -1 : 0;
        if (cases > MAX_NESTING) {
            throw Refusals.tooDeep();
        }
    }

    private void number() {
        int start = at;
        digits();
        if (peek(0) == '.') {
            at++;
            digits();
        }
        boolean signed = (peek(1) == '+' || peek(1) == '-') && isDigit(peek(2));
        if ((peek(0) == 'e' || peek(0) == 'E') && (isDigit(peek(1)) || signed)) {
            at += 2;
            digits();
        }
        if (isWordPart(peek(0)) || peek(0) == '.') {
            throw GateRefusals.ambiguous("a number followed by a letter", "Write plain decimal numbers");
        }
        tokens.add(new Token(Kind.NUMBER, sql.substring(start, at)));
    }

    private void digits() {
        while (isDigit(peek(0))) {
            at++;
        }
    }

    private void symbol() {
        if (peek(0) == ';') {
            at++;
            tokens.add(new Token(Kind.SYMBOL, ";"));
            return;
        }
        for (String symbol : SYMBOLS) {
            if (sql.startsWith(symbol, at) && rules.allows(symbol)) {
                at += symbol.length();
                nest(symbol);
                tokens.add(new Token(Kind.SYMBOL, symbol));
                return;
            }
        }
        throw GateRefusals.symbol(peek(0));
    }

    private void nest(String symbol) {
        if (symbol.equals("(") || symbol.equals("[")) {
            nesting++;
        } else if (symbol.equals(")") || symbol.equals("]")) {
            nesting--;
        }
        if (nesting > MAX_NESTING) {
            throw Refusals.tooDeep();
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c);
    }
}
