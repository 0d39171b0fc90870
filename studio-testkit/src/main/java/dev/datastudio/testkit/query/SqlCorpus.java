package dev.datastudio.testkit.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads statements from a resource: each begins with a line {@code --- name: note} and runs to the next. */
final class SqlCorpus {
    private static final Pattern HEAD = Pattern.compile("^--- ([a-z0-9-]+): (.+)$", Pattern.MULTILINE);
    private static final Pattern REPEATED = Pattern.compile("\\$\\{(\\d+) times '([^']*)'\\}");
    private static final Pattern CHARACTER = Pattern.compile("\\$\\{U\\+([0-9A-F]{4})\\}");

    private SqlCorpus() {}

    record Entry(String name, String note, String sql) {}

    static List<Entry> load(String resource) {
        String text = read(resource);
        List<Entry> entries = new ArrayList<>();
        Matcher head = HEAD.matcher(text);
        boolean found = head.find();
        while (found) {
            String name = head.group(1);
            String note = head.group(2).strip();
            int start = head.end();
            found = head.find();
            String sql =
                    text.substring(start, found ? head.start() : text.length()).strip();
            entries.add(new Entry(name, note, expand(sql)));
        }
        return List.copyOf(entries);
    }

    /** <code>${1000 times '('}</code> repeats a text; <code>${U+0000}</code> is a character by its number. */
    private static String expand(String sql) {
        String repeated = REPEATED.matcher(sql)
                .replaceAll(match -> Matcher.quoteReplacement(match.group(2).repeat(Integer.parseInt(match.group(1)))));
        return CHARACTER
                .matcher(repeated)
                .replaceAll(
                        match -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))));
    }

    private static String read(String resource) {
        try (InputStream in = SqlCorpus.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("Resource '" + resource + "' is missing beside " + SqlCorpus.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
