package dev.datastudio.core.dataset.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The names of columns: trimmed, never empty, unique without regard to case. */
final class ColumnNames {
    private ColumnNames() {}

    /** As in a header, mended; what was mended is told in whole sentences. */
    static List<String> unique(List<String> header, List<String> warnings) {
        Set<String> taken = new HashSet<>();
        for (String name : header) {
            taken.add(key(clean(name)));
        }
        Set<String> used = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            String wanted = clean(header.get(i));
            String name = wanted.isEmpty() ? "column_" + (i + 1) : wanted;
            boolean free = used.add(key(name));
            for (int n = 2; !free; n++) {
                String candidate = (wanted.isEmpty() ? "column_" + (i + 1) : wanted) + "_" + n;
                if (!taken.contains(key(candidate)) && used.add(key(candidate))) {
                    name = candidate;
                    free = true;
                }
            }
            names.add(name);
            if (wanted.isEmpty()) {
                warnings.add("Column " + (i + 1) + " has no name in the header; it is called '" + name + "'.");
            } else if (!name.equals(wanted)) {
                warnings.add("The header names more than one column '" + wanted + "'; column " + (i + 1)
                        + " is called '" + name + "'.");
            }
        }
        return names;
    }

    /** For a file without a header: column_1, column_2 and so on. */
    static List<String> numbered(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            names.add("column_" + i);
        }
        return names;
    }

    private static String clean(String name) {
        return name.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
