package dev.datastudio.core.query.jdbc.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.SqlDialect;
import dev.datastudio.core.query.internal.Refusals;
import dev.datastudio.core.query.jdbc.internal.Token.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.Select;

/**
 * Lets through exactly one statement that only reads, for engines whose own parser is out of reach.
 *
 * <p>The text is cut into tokens of which only one reading is left, JSqlParser makes a tree of them, the whole tree is
 * walked against allow-lists, and the tokens once more: every word before a bracket must be a known function or key word.
 * The parser writes its tree down again, and it must be the same tokens. What is sent is written from those tokens, never
 * the text itself. Thread-safe.
 */
public final class DialectGate {
    private static final long MAX_CACHED_CHARACTERS = 1_000_000;

    private final DialectRules rules;
    private final TableScope tables;
    private final Cache<String, Admitted> verdicts = Caffeine.newBuilder()
            .maximumWeight(MAX_CACHED_CHARACTERS)
            .weigher((String sql, Admitted verdict) ->
                    sql.length() + verdict.sql().length() + 100)
            .executor(Runnable::run)
            .build();

    /** @throws IllegalArgumentException for DuckDB, which has a gate of its own */
    public DialectGate(SqlDialect dialect, TableScope tables) {
        this.rules = DialectRules.of(dialect);
        this.tables = tables;
    }

    /**
     * Judges a statement.
     *
     * @throws StudioException with {@link ErrorCode#SQL_REFUSED} or {@link ErrorCode#SQL_INVALID}
     */
    public Admitted check(String sql) {
        Admitted known = verdicts.getIfPresent(sql);
        if (known != null) {
            return known;
        }
        Admitted verdict = judge(sql);
        verdicts.put(sql, verdict);
        return verdict;
    }

    private Admitted judge(String sql) {
        SqlTokens tokens = SqlTokens.read(sql, rules.lexical());
        checkBeginning(tokens.list());
        checkWords(tokens.list());
        Statement statement = SqlParser.parse(tokens);
        if (!(statement instanceof Select select)) {
            throw GateRefusals.notSelect(tokens.list().get(0).text());
        }
        if (!tokens.areThoseOf(statement.toString())) {
            throw GateRefusals.misread();
        }
        SyntaxNodes nodes = new SyntaxNodes(tokens, rules, tables);
        nodes.check(select);
        checkBrackets(tokens.list(), nodes.namedColumnLists());
        return new Admitted(tokens.forEngine(rules.lexical(), rules.functions()), Math.toIntExact(tokens.parameters()));
    }

    private static void checkBeginning(List<Token> tokens) {
        Token first = tokens.stream().filter(t -> !t.is("(")).findFirst().orElse(tokens.get(0));
        if (!first.is("select") && !first.is("with") && !first.is("values")) {
            throw GateRefusals.notSelect(first.text());
        }
    }

    private void checkWords(List<Token> tokens) {
        for (Token token : tokens) {
            if (token.kind() == Kind.WORD && rules.words().contains(token.folded())) {
                throw GateRefusals.word(token.text());
            }
        }
    }

    /** Needs no syntax tree: what stands before a bracket is a call unless it is known to be something else. */
    private void checkBrackets(List<Token> tokens, Map<String, Integer> columnLists) {
        Map<String, Integer> left = new HashMap<>(columnLists);
        for (int i = 1; i < tokens.size(); i++) {
            Token before = tokens.get(i - 1);
            if (!tokens.get(i).is("(") || !before.isName()) {
                continue;
            }
            boolean qualified = i > 1 && tokens.get(i - 2).is(".");
            String name = before.folded();
            boolean known = before.kind() == Kind.WORD
                    && !qualified
                    && (rules.functions().contains(name)
                            || rules.brackets().contains(name)
                            || rules.types().contains(name));
            // A list of partitions has the shape of an alias with columns.
            boolean partitions = before.is("partition");
            if (partitions || (!known && left.merge(name, -1, Integer::sum) < 0)) {
                throw Refusals.function(before.text());
            }
        }
    }

    /**
     * A statement that may run.
     *
     * @param sql what is sent
     * @param parameters how many values it takes
     */
    public record Admitted(String sql, int parameters) {}
}
