package dev.datastudio.agents.reporter.internal.repair;

import dev.datastudio.agents.reporter.internal.repair.Faulty.KnownTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.sf.jsqlparser.parser.CCJSqlParserTokenManager;
import net.sf.jsqlparser.parser.SimpleCharStream;
import net.sf.jsqlparser.parser.StringProvider;
import net.sf.jsqlparser.parser.Token;
import net.sf.jsqlparser.parser.TokenMgrException;

/**
 * Puts names that are key words into quotes where the statement can't be parsed without: {@code SELECT order FROM …}. Of
 * the words that are names of the tables shown, the smallest set is taken whose quotes make a statement, if it is the
 * only one of its size.
 */
final class ReservedWords {
    private static final int MOST_WORDS = 6;
    private static final int END_OF_FILE = 0;

    /** A statement that takes the parser so long was made to. */
    private static final long PATIENCE_NANOS = 3_000_000_000L;

    private ReservedWords() {}

    static Optional<Repair> quote(Faulty faulty) {
        if (faulty.parse().isPresent()) {
            return Optional.empty();
        }
        Set<String> stored = new HashSet<>();
        faulty.tables().stream()
                .flatMap(t -> Stream.concat(Stream.of(t.name()), t.columns().stream()))
                .forEach(name -> stored.add(name.toLowerCase(Locale.ROOT)));
        List<Token> words = words(faulty.sql()).stream()
                .filter(token -> stored.contains(token.image.toLowerCase(Locale.ROOT)))
                .toList();
        if (words.isEmpty() || words.size() > MOST_WORDS) {
            return Optional.empty();
        }
        long begin = System.nanoTime();
        for (int size = 1; size <= words.size(); size++) {
            List<List<Token>> fitting = new ArrayList<>();
            for (int chosen = 1; chosen < 1 << words.size(); chosen++) {
                List<Token> some = some(words, chosen);
                if (System.nanoTime() - begin > PATIENCE_NANOS) {
                    return Optional.empty();
                }
                if (some.size() == size && ParsedSql.read(quoted(faulty, some)).isPresent()) {
                    fitting.add(some);
                }
            }
            if (fitting.size() == 1) {
                return Optional.of(repair(faulty, fitting.get(0)));
            } else if (!fitting.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static List<Token> some(List<Token> words, int chosen) {
        List<Token> some = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if ((chosen & 1 << i) != 0) {
                some.add(words.get(i));
            }
        }
        return some;
    }

    /** The words whose place in the text is certain. */
    private static List<Token> words(String sql) {
        List<Token> words = new ArrayList<>();
        try {
            CCJSqlParserTokenManager manager =
                    new CCJSqlParserTokenManager(new SimpleCharStream(new StringProvider(sql)));
            for (Token token = manager.getNextToken(); token.kind != END_OF_FILE; token = manager.getNextToken()) {
                boolean isWord = token.image.matches("[A-Za-z_]\\w*");
                if (isWord && sql.startsWith(token.image, token.absoluteBegin)) {
                    words.add(token);
                }
            }
        } catch (TokenMgrException e) {
            return List.of(); // not even its words can be told apart
        }
        return words;
    }

    private static String quoted(Faulty faulty, List<Token> words) {
        StringBuilder sql = new StringBuilder(faulty.sql());
        for (int i = words.size() - 1; i >= 0; i--) {
            Token word = words.get(i);
            sql.replace(
                    word.absoluteBegin,
                    word.absoluteBegin + word.image.length(),
                    faulty.names().quoted(stored(faulty, word.image)));
        }
        return sql.toString();
    }

    private static String stored(Faulty faulty, String word) {
        for (KnownTable table : faulty.tables()) {
            if (table.name().equalsIgnoreCase(word)) {
                return table.name();
            }
            for (String column : table.columns()) {
                if (column.equalsIgnoreCase(word)) {
                    return column;
                }
            }
        }
        return word;
    }

    private static Repair repair(Faulty faulty, List<Token> words) {
        List<String> names = words.stream().map(word -> word.image).distinct().toList();
        return new Repair(
                "quoting",
                quoted(faulty, words),
                "The key word" + (names.size() == 1 ? " " : "s ") + String.join(", ", names)
                        + (names.size() == 1 ? " is a name" : " are names") + " here and was put into quotes.");
    }
}
