package dev.datastudio.core.query.jdbc.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.query.internal.Refusals;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.TokenMgrException;
import net.sf.jsqlparser.statement.Statement;
import org.jspecify.annotations.Nullable;

/** Parses one statement with JSqlParser, with an end in time and stack. */
final class SqlParser {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long STACK_BYTES = 16 << 20;

    private SqlParser() {}

    /**
     * The syntax tree.
     *
     * @throws StudioException with {@link ErrorCode#SQL_INVALID} when it is not a statement that the parser knows, or
     *     {@link ErrorCode#SQL_REFUSED} when it takes too long or too deep
     */
    static Statement parse(SqlTokens tokens) {
        String sql = tokens.forParser();
        Parsing simple = new Parsing(sql, false);
        Statement statement = simple.run();
        if (statement != null) {
            return statement;
        }
        // Nested expressions need the slow rules of the grammar.
        Parsing complex = new Parsing(sql, true);
        Statement slow = complex.run();
        if (slow != null) {
            return slow;
        }
        throw complex.error(tokens);
    }

    private static final class Parsing {
        private final CCJSqlParser parser;
        private @Nullable ParseException failure;

        Parsing(String sql, boolean complex) {
            try {
                parser = new CCJSqlParser(sql)
                        .withAllowComplexParsing(complex)
                        .withSquareBracketQuotation(false)
                        .withBackslashEscapeCharacter(false);
            } catch (ParseException e) {
                throw new IllegalStateException("The parser did not start", e);
            }
        }

        @Nullable
        Statement run() {
            CompletableFuture<Statement> result = new CompletableFuture<>();
            Thread thread = new Thread(null, () -> parse(result), "studio-sql-parser", STACK_BYTES);
            thread.setDaemon(true);
            thread.start();
            try {
                return result.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException | CompletionException e) {
                if (e.getCause() instanceof ParseException error) {
                    failure = error;
                    return null;
                } else if (e.getCause() instanceof TokenMgrException error) {
                    throw GateRefusals.syntax(String.valueOf(error.getMessage()));
                }
                throw Refusals.tooDeep();
            } catch (TimeoutException e) {
                parser.interrupted = true;
                throw Refusals.tooDeep();
            } catch (InterruptedException e) {
                parser.interrupted = true;
                Thread.currentThread().interrupt();
                throw new StudioException(
                        ErrorCode.CANCELLED, "The check of the statement was interrupted", "Run it again", e);
            }
        }

        private void parse(CompletableFuture<Statement> result) {
            try {
                result.complete(parser.Statement());
            } catch (ParseException | RuntimeException | StackOverflowError e) {
                result.completeExceptionally(e);
            }
        }

        StudioException error(SqlTokens tokens) {
            ParseException error = failure;
            net.sf.jsqlparser.parser.Token at =
                    error == null || error.currentToken == null ? null : error.currentToken.next;
            if (at == null || at.image == null || at.image.isEmpty()) {
                return GateRefusals.syntax("the statement ends too early");
            }
            boolean holder = at.image.matches("'s\\d+'|\"q\\d+\"");
            String shown = holder
                    ? tokens.name('"' + at.image.substring(1, at.image.length() - 1) + '"')
                            .text()
                    : at.image;
            return GateRefusals.syntax("nothing was understood from " + StudioException.quote(shown) + " on");
        }
    }
}
