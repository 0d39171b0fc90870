package dev.datastudio.agents.planner.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names of columns and tables cut into words. */
public final class Names {
    private static final Set<String> OPTIONAL = Set.of("name", "id", "code", "title", "key", "identifier", "no", "nr");

    private static final Set<String> VAGUE = Set.of(
            "data",
            "table",
            "sheet",
            "sheet1",
            "csv",
            "file",
            "export",
            "query",
            "result",
            "untitled",
            "dataset",
            "list");

    private Names() {}

    /** The words of a name, singular: {@code Miles_per_Gallon}, {@code basePrice} and {@code Sub-Category} alike. */
    public static List<String> parts(String name) {
        List<String> parts = new ArrayList<>();
        var word = new StringBuilder();
        char before = ' ';
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean inWord = Character.isLetterOrDigit(c);
            boolean humps = Character.isUpperCase(c) && Character.isLowerCase(before);
            boolean endsAcronym = Character.isUpperCase(before)
                    && Character.isUpperCase(c)
                    && i + 1 < name.length()
                    && Character.isLowerCase(name.charAt(i + 1));
            if (!inWord || humps || endsAcronym) {
                flush(word, parts);
            }
            if (inWord) {
                word.append(c);
            }
            before = c;
        }
        flush(word, parts);
        return parts;
    }

    private static void flush(StringBuilder word, List<String> parts) {
        if (!word.isEmpty()) {
            parts.add(Stemmer.singular(word.toString().toLowerCase(Locale.ROOT)));
            word.setLength(0);
        }
    }

    /** Whether a word of a table's name tells nothing about what its rows are. */
    static boolean saysNothing(String part) {
        return part.length() < 3 || VAGUE.contains(part) || part.chars().noneMatch(Character::isLetter);
    }

    /** A name without what stands in brackets at its end. */
    static String withoutBrackets(String name) {
        int open = name.lastIndexOf('(');
        return open > 0 && name.stripTrailing().endsWith(")")
                ? name.substring(0, open).strip()
                : name;
    }

    /** The words that tell a column apart: without "name", "id" and the like, unless nothing else is left. */
    static List<String> core(List<String> parts) {
        List<String> core = parts.stream().filter(p -> !OPTIONAL.contains(p)).toList();
        return core.isEmpty() || core.size() == parts.size() ? parts : core;
    }

    /** The first letters of three words or more: mpg for miles per gallon. */
    static String initials(List<String> parts) {
        if (parts.size() < 3) {
            return "";
        }
        var initials = new StringBuilder();
        parts.forEach(p -> initials.append(p.charAt(0)));
        return initials.toString();
    }
}
