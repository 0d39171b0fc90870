package dev.datastudio.agents.eval.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Statements that give what is expected, any of them. {@code {a, b}} in one stands for any of these columns, and
 * {@code {}} for the one that was taken.
 */
final class GoldSql {
    private static final Pattern CHOICE = Pattern.compile("\\{([^{}]+)}");

    private GoldSql() {}

    static List<String> statements(String gold) {
        List<String> statements = new ArrayList<>();
        for (String statement : split(gold)) {
            Matcher choice = CHOICE.matcher(statement);
            if (!choice.find()) {
                statements.add(statement);
                continue;
            }
            for (String column : Arrays.stream(choice.group(1).split(",", -1))
                    .map(String::strip)
                    .toList()) {
                String chosen = choice.replaceFirst(Matcher.quoteReplacement(column));
                String grouped = chosen.replace("{}", column.replaceFirst("(?i)\\s+AS\\s+\\w+$", ""));
                statements.addAll(statements(grouped));
            }
        }
        return statements;
    }

    /** At semicolons outside quotes. */
    private static List<String> split(String gold) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < gold.length(); i++) {
            char c = gold.charAt(i);
            quoted ^= c == '\'';
            if (c == ';' && !quoted) {
                parts.add(part.toString().strip());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString().strip());
        return parts.stream().filter(text -> !text.isEmpty()).toList();
    }
}
