package dev.datastudio.core.query.jdbc.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.query.jdbc.internal.LexicalRules.Backslash;
import dev.datastudio.core.query.jdbc.internal.LexicalRules.Brackets;
import dev.datastudio.core.query.jdbc.internal.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A statement as its tokens, in the two forms that are made of them: one for the parser, in which texts and quoted names
 * are replaced by place holders, so that no quote is left to be misread; and one for the engine. Immutable.
 */
final class SqlTokens {
    private static final LexicalRules PLAIN =
            new LexicalRules(false, Brackets.NONE, Backslash.PLAIN, false, LexicalRules.POSTGRESQL.symbols(), '"');

    private final List<Token> tokens;

    private SqlTokens(List<Token> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    /** @throws StudioException with {@link ErrorCode#SQL_REFUSED} or {@link ErrorCode#SQL_INVALID} */
    static SqlTokens read(String sql, LexicalRules rules) {
        return new SqlTokens(new SqlLexer(sql, rules).tokens());
    }

    List<Token> list() {
        return tokens;
    }

    long parameters() {
        return tokens.stream().filter(t -> t.kind() == Kind.PARAMETER).count();
    }

    /** The form for the parser: the name or text at index 7 is {@code "q7"} or {@code 's7'}. */
    String forParser() {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            sql.append(
                    switch (token.kind()) {
                        case NAME -> "\"q" + i + "\"";
                        case TEXT -> "'s" + i + "'";
                        default -> token.text();
                    });
            sql.append(' ');
        }
        return sql.toString().strip();
    }

    /** A part of a name as the parser gives it back. */
    Token name(String part) {
        boolean quoted = part.length() > 2 && part.charAt(0) == '"';
        return quoted ? placeHolder(part.substring(1, part.length() - 1)) : new Token(Kind.WORD, part);
    }

    private Token placeHolder(String text) {
        return tokens.get(Integer.parseInt(text.substring(1)));
    }

    /** Whether the parser, writing down what it understood, wrote down these very tokens. */
    boolean areThoseOf(String deparsed) {
        List<Token> others = new ArrayList<>();
        for (Token token : new SqlLexer(deparsed, PLAIN).tokens()) {
            boolean holder = token.kind() == Kind.NAME || token.kind() == Kind.TEXT;
            others.add(holder ? placeHolder(token.text()) : token);
        }
        if (others.size() != tokens.size()) {
            return false;
        }
        for (int i = 0; i < tokens.size(); i++) {
            if (!tokens.get(i).means(others.get(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * The form for the engine.
     *
     * @param calls words that stand right before their bracket
     */
    String forEngine(LexicalRules rules, Set<String> calls) {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean tight = i == 0
                    || token.is(".")
                    || tokens.get(i - 1).is(".")
                    || (token.is("(") && calls.contains(tokens.get(i - 1).folded()));
            sql.append(tight ? "" : " ").append(written(token, rules));
        }
        return sql.toString();
    }

    private static String written(Token token, LexicalRules rules) {
        return switch (token.kind()) {
            case NAME -> quoted(token.text(), rules.quote());
            case TEXT -> (rules.national() && !isAscii(token.text()) ? "N" : "") + quoted(token.text(), '\'');
            default -> token.text();
        };
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static String quoted(String text, char quote) {
        String one = String.valueOf(quote);
        return one + text.replace(one, one + one) + one;
    }
}
