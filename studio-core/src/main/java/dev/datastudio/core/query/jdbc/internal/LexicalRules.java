package dev.datastudio.core.query.jdbc.internal;

import java.util.Set;

/**
 * In which characters the dialects differ. Immutable.
 *
 * @param backticks whether names may stand in backticks
 * @param brackets whether names may stand in square brackets
 * @param backslash what a backslash is in a text
 * @param national whether a text that is more than ASCII is written with an N before it, and may be written so
 * @param symbols symbols beyond those that all dialects have
 * @param quote what a name is sent in
 */
record LexicalRules(
        boolean backticks, Brackets brackets, Backslash backslash, boolean national, Set<String> symbols, char quote) {
    private static final Set<String> SPECIAL = Set.of("::", "[", "]", ":", "~*", "!~", "!~*");

    static final LexicalRules POSTGRESQL = new LexicalRules(
            false, Brackets.NONE, Backslash.PLAIN, false, Set.of("::", "[", "]", "~*", "!~", "!~*"), '"');
    static final LexicalRules MYSQL = new LexicalRules(true, Brackets.NONE, Backslash.ESCAPE, false, Set.of(), '`');
    /** In double quotes a name that isn't there would be taken for a text. */
    static final LexicalRules SQLITE = new LexicalRules(true, Brackets.PLAIN, Backslash.PLAIN, false, Set.of(), '`');

    static final LexicalRules SQLSERVER =
            new LexicalRules(false, Brackets.DOUBLED, Backslash.JOINS_LINES, true, Set.of(), '"');

    /** Names in square brackets. */
    enum Brackets {
        NONE,
        /** The first closing bracket ends the name. */
        PLAIN,
        /** A closing bracket within the name is written twice. */
        DOUBLED
    }

    /** What a backslash is in a text. */
    enum Backslash {
        PLAIN,
        /** It begins an escape. */
        ESCAPE,
        /** At the end of a line it takes the line break away. */
        JOINS_LINES
    }

    boolean allows(String symbol) {
        return !SPECIAL.contains(symbol) || symbols.contains(symbol);
    }
}
