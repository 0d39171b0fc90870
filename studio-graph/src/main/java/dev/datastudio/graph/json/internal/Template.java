package dev.datastudio.graph.json.internal;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.GraphException.Problem;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Text with placeholders: names between two opening and two closing braces. A backslash before the opening braces makes
 * them stand for themselves. Immutable.
 */
final class Template {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final int MAX_NAMES = 200;

    /** Texts and names by turns, beginning and ending with a text. */
    private final List<String> parts = new ArrayList<>();

    private final List<Problem> problems = new ArrayList<>();

    private Template(String text) {
        StringBuilder plain = new StringBuilder();
        int at = 0;
        int open;
        while ((open = text.indexOf(OPEN, at)) >= 0) {
            if (open > at && text.charAt(open - 1) == '\\') {
                plain.append(text, at, open - 1).append(OPEN);
                at = open + OPEN.length();
                continue;
            }
            int close = text.indexOf(CLOSE, open);
            if (close < 0) {
                problem(
                        "has '{{' at character " + (open + 1) + " without '}}'",
                        "Close it, or write '\\{{' for braces");
                break;
            }
            plain.append(text, at, open);
            add(plain.toString(), text.substring(open + OPEN.length(), close).strip());
            plain.setLength(0);
            at = close + CLOSE.length();
        }
        parts.add(plain.append(text, at, text.length()).toString());
        if (names().size() > MAX_NAMES) {
            problem("has " + names().size() + " placeholders", "Use at most " + MAX_NAMES);
        }
    }

    static Template parse(String text) {
        return new Template(text);
    }

    static List<Problem> problems(String text) {
        return List.copyOf(new Template(text).problems);
    }

    private void add(String before, String name) {
        parts.add(before);
        parts.add(name);
        if (!Port.isName(name)) {
            problem(
                    "has the placeholder " + StudioException.quote(name),
                    "Name it with letters, digits, '_' and '-', beginning with a letter or '_', or write '\\{{' for braces");
        }
    }

    private void problem(String what, String mend) {
        problems.add(new Problem("/template " + what, mend));
    }

    /** The names of the placeholders, in the order they come in. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 1; i < parts.size(); i += 2) {
            names.add(parts.get(i));
        }
        return names;
    }

    /** The text with values in place of the placeholders; what stands in a value is not looked at again. */
    String filled(Values values) {
        StringBuilder filled = new StringBuilder(parts.get(0));
        for (int i = 1; i < parts.size(); i += 2) {
            filled.append(JsonValues.text(values.all().get(parts.get(i)))).append(parts.get(i + 1));
        }
        return filled.toString();
    }
}
