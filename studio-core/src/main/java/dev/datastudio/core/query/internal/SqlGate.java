package dev.datastudio.core.query.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets through exactly one statement that only reads the given tables, judged by its syntax tree.
 *
 * <p>The text is parsed by DuckDB itself, so gate and engine can't understand it differently; the whole tree is walked
 * against allow-lists (node types, table references, functions). A verdict is kept by the text, for some thousand texts.
 * Thread-safe.
 */
public final class SqlGate {
    /** Longer texts are refused unread. */
    public static final int MAX_LENGTH = 100_000;

    private static final int MAX_NESTING = 100;
    private static final long MAX_CACHED_CHARACTERS = 1_000_000;
    private static final Pattern FIRST_WORD =
            Pattern.compile("\\A(?:\\s|--[^\\n]*\\n|/\\*.*?\\*/)*(\\w*)", Pattern.DOTALL);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TableNames tables;
    private final Cache<String, Verdict> verdicts = Caffeine.newBuilder()
            .maximumWeight(MAX_CACHED_CHARACTERS)
            .weigher((String sql, Verdict verdict) -> sql.length() + 200)
            .executor(Runnable::run)
            .build();

    /** @param tables the names that statements may read */
    public SqlGate(Collection<String> tables) {
        this.tables = new TableNames(tables);
    }

    /**
     * Judges a statement.
     *
     * @param parser parses with the engine that will run the statement; called again on the same thread only
     * @throws StudioException with {@link ErrorCode#SQL_REFUSED} or {@link ErrorCode#SQL_INVALID}
     */
    public Admitted check(String sql, Parser parser) throws SQLException {
        Verdict verdict = verdicts.getIfPresent(sql);
        if (verdict == null) {
            verdict = judge(sql, parser);
            if (sql.length() <= MAX_LENGTH) {
                verdicts.put(sql, verdict);
            }
        }
        if (verdict instanceof Refused refused) {
            throw new StudioException(refused.code(), refused.what(), refused.mend());
        }
        return (Admitted) verdict;
    }

    private Verdict judge(String sql, Parser parser) throws SQLException {
        try {
            SyntaxTree tree = walk(sql, parser);
            String body = withoutEnd(sql);
            return new Admitted(body, isInnerQuery(body, parser), tree.isRepeatable());
        } catch (StudioException e) {
            return new Refused(e.code(), e.what(), e.mend());
        }
    }

    private SyntaxTree walk(String sql, Parser parser) throws SQLException {
        checkText(sql);
        JsonNode root = parse(sql, parser);
        if (root.path("error").asBoolean(true)) {
            throw parserError(sql, root);
        }
        JsonNode statements = root.path("statements");
        if (statements.isEmpty()) {
            throw Refusals.empty();
        }
        if (statements.size() != 1) {
            throw Refusals.severalStatements(statements.size());
        }
        SyntaxTree tree = new SyntaxTree(tables);
        tree.check(statements.get(0).path("node"));
        return tree;
    }

    /** What would make the parser read less than what is run, or overrun its stack. */
    private static void checkText(String sql) {
        if (sql.length() > MAX_LENGTH) {
            throw Refusals.tooLong(sql.length(), MAX_LENGTH);
        }
        int nesting = 0;
        for (int i = 0; i < sql.length(); i++) {
            char at = sql.charAt(i);
            if (at == '\0' || isHalfPair(sql, i)) {
                throw Refusals.controlCharacter();
            }
            if (at == '(' || at == '[' || at == '{') {
                nesting++;
            } else if (at == ')' || at == ']' || at == '}') {
                nesting = Math.max(0, nesting - 1);
            }
            if (nesting > MAX_NESTING) {
                throw Refusals.tooDeep();
            }
        }
    }

    private static boolean isHalfPair(String sql, int i) {
        char at = sql.charAt(i);
        if (Character.isHighSurrogate(at)) {
            return i + 1 == sql.length() || !Character.isLowSurrogate(sql.charAt(i + 1));
        }
        return Character.isLowSurrogate(at) && (i == 0 || !Character.isHighSurrogate(sql.charAt(i - 1)));
    }

    private static JsonNode parse(String sql, Parser parser) throws SQLException {
        try {
            return JSON.readTree(parser.toJson(sql));
        } catch (StreamConstraintsException e) {
            throw Refusals.tooDeep();
        } catch (JsonProcessingException e) {
            throw new StudioException(
                    ErrorCode.INTERNAL,
                    "The parser's answer could not be read: " + e.getOriginalMessage(),
                    "Report this with the statement",
                    e);
        }
    }

    private static StudioException parserError(String sql, JsonNode error) {
        if (error.path("error_type").asText().equals("not implemented")) {
            Matcher matcher = FIRST_WORD.matcher(sql);
            return Refusals.notSelect(matcher.find() ? matcher.group(1).toLowerCase(Locale.ROOT) : "");
        }
        return SyntaxTree.syntaxError(error.path("error_message").asText("no reason given") + place(sql, error));
    }

    /** Where the parser stopped, such as {@code  (line 2, column 8)}; empty where it does not say. */
    private static String place(String sql, JsonNode error) {
        int position = error.path("position").asInt(-1);
        if (position < 0 || position > sql.length()) {
            return "";
        }
        String before = sql.substring(0, position);
        long line = before.chars().filter(character -> character == '\n').count() + 1;
        return " (line " + line + ", column " + (position - before.lastIndexOf('\n')) + ")";
    }

    private static String withoutEnd(String sql) {
        String body = sql.strip();
        while (body.endsWith(";")) {
            body = body.substring(0, body.length() - 1).strip();
        }
        return body;
    }

    /** Both statements built from the body put it into the same brackets: trying one is enough. */
    private boolean isInnerQuery(String body, Parser parser) throws SQLException {
        try {
            walk(Admitted.firstRows(body, 1), parser);
            return true;
        } catch (StudioException e) {
            // The text can't stand in brackets, for instance because a comment follows its semicolon.
            return false;
        }
    }

    /** The engine's own parser. */
    @FunctionalInterface
    public interface Parser {
        /** The text's syntax tree as {@code json_serialize_sql} gives it, errors included. */
        String toJson(String sql) throws SQLException;
    }

    private sealed interface Verdict permits Admitted, Refused {}

    private record Refused(ErrorCode code, String what, String mend) implements Verdict {}

    /**
     * A statement that may run.
     *
     * @param body its text without the final semicolon
     * @param isInnerQuery whether {@link #firstRows(long)} and {@link #count()} are statements that may run too
     * @param isRepeatable whether running it again gives the same rows
     */
    public record Admitted(String body, boolean isInnerQuery, boolean isRepeatable) implements Verdict {
        /** The statement cut at a number of rows, in its order. */
        public String firstRows(long rows) {
            return firstRows(body, rows);
        }

        /** How many rows the statement has. */
        public String count() {
            return count(body);
        }

        private static String firstRows(String body, long rows) {
            return "SELECT * FROM (\n" + body + "\n) LIMIT " + rows;
        }

        private static String count(String body) {
            return "SELECT count(*) FROM (\n" + body + "\n)";
        }
    }
}
