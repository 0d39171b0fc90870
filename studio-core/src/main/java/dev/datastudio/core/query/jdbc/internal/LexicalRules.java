package dev.datastudio.core.query.jdbc.internal;

import java.util.Set;

/**
 * In which characters the dialects differ. Immutable.
 *
 * @param backticks whether names may stand in backticks
 * @param bracketedNames whether names may stand in square brackets
 * @param backslashEscapes whether a backslash in a text begins an escape
 * @param symbols symbols beyond those that all dialects have
 * @param quote what a name is sent in
 */
record LexicalRules(
        boolean backticks, boolean bracketedNames, boolean backslashEscapes, Set<String> symbols, char quote) {
    private static final Set<String> SPECIAL = Set.of("::", "[", "]", ":", "~*", "!~", "!~*");

    static final LexicalRules POSTGRESQL =
            new LexicalRules(false, false, false, Set.of("::", "[", "]", "~*", "!~", "!~*"), '"');
    static final LexicalRules MYSQL = new LexicalRules(true, false, true, Set.of(), '`');
    /** In double quotes a name that isn't there would be taken for a text. */
    static final LexicalRules SQLITE = new LexicalRules(true, true, false, Set.of(), '`');

    boolean allows(String symbol) {
        return !SPECIAL.contains(symbol) || symbols.contains(symbol);
    }
}
