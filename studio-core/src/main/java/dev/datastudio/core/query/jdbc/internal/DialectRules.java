package dev.datastudio.core.query.jdbc.internal;

import dev.datastudio.core.analysis.SqlDialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a statement of a dialect may be made of, as allow-lists: whatever an engine adds is refused until it is named
 * here. Immutable.
 *
 * @param dialect whose they are
 * @param lexical how its tokens are written
 * @param functions the functions it may call
 * @param types the types it may cast to
 * @param words words that have no place in it although they are not functions
 * @param brackets key words that brackets may follow without being a call
 */
record DialectRules(
        SqlDialect dialect,
        LexicalRules lexical,
        Set<String> functions,
        Set<String> types,
        Set<String> words,
        Set<String> brackets) {
    private static final Set<String> BEFORE_BRACKETS = load("before-brackets.txt");

    private static final Set<String> TYPES = load("types.txt");
    private static final Set<String> FORBIDDEN = load("forbidden-words.txt");

    static final DialectRules POSTGRESQL = new DialectRules(
            SqlDialect.POSTGRESQL,
            LexicalRules.POSTGRESQL,
            load("functions-postgresql.txt"),
            TYPES,
            with(FORBIDDEN, "user", "only"),
            BEFORE_BRACKETS);
    static final DialectRules MYSQL = new DialectRules(
            SqlDialect.MYSQL, LexicalRules.MYSQL, load("functions-mysql.txt"), TYPES, FORBIDDEN, BEFORE_BRACKETS);
    static final DialectRules SQLITE = new DialectRules(
            SqlDialect.SQLITE, LexicalRules.SQLITE, load("functions-sqlite.txt"), TYPES, FORBIDDEN, BEFORE_BRACKETS);
    /** Statements follow each other without a semicolon there, so no word that begins one is let through as a name. */
    static final DialectRules SQLSERVER = new DialectRules(
            SqlDialect.SQLSERVER,
            LexicalRules.SQLSERVER,
            load("functions-sqlserver.txt"),
            load("types-sqlserver.txt"),
            with(FORBIDDEN, load("forbidden-words-sqlserver.txt").toArray(String[]::new)),
            with(BEFORE_BRACKETS, "apply", "top"));

    static DialectRules of(SqlDialect dialect) {
        return switch (dialect) {
            case POSTGRESQL -> POSTGRESQL;
            case MYSQL -> MYSQL;
            case SQLITE -> SQLITE;
            case SQLSERVER -> SQLSERVER;
            case DUCKDB ->
                throw new IllegalArgumentException("DuckDB has an engine of its own; use DuckDbQueryEngine for it");
        };
    }

    void checkType(String type) {
        String name = type.toLowerCase(Locale.ROOT).replaceAll("\\s*\\(.*", "").strip();
        for (String word : name.split("\\s+", -1)) {
            if (!types.contains(word)) {
                throw GateRefusals.type(type);
            }
        }
    }

    private static Set<String> with(Set<String> words, String... more) {
        return java.util.stream.Stream.concat(words.stream(), Arrays.stream(more))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> load(String resource) {
        try (InputStream in = DialectRules.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("Resource '" + resource + "' is missing beside " + DialectRules.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Arrays.stream(line.split("\\s+", -1)))
                    .filter(word -> !word.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
