package dev.datastudio.core.query.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps functions from making a text of any length in one step.
 *
 * <p>DuckDB counts tables and hash tables against its memory limit, but not the texts that a function makes for the
 * rows at hand, and can't be interrupted inside one: {@code repeat('x', 1000000000)} over a column ends the process.
 */
final class GrowthRule {
    private static final int MAX_TEXT = 10_000;
    private static final int MAX_DIGITS = 4;
    private static final Set<String> SIZED = Set.of("repeat", "lpad", "rpad");
    private static final Set<String> FORMATTED = Set.of("format", "printf");
    private static final Pattern WIDE_FORMAT = Pattern.compile("\\d{" + (MAX_DIGITS + 1) + "}|\\*|\\{[^}]*\\{");

    private GrowthRule() {}

    static void check(String function, JsonNode node) {
        if (SIZED.contains(function) && !isShort(constant(argument(node, 1)))) {
            throw Refusals.growth(function, "Give its length as a number of at most " + MAX_TEXT);
        }
        if (FORMATTED.contains(function)) {
            String format = constant(argument(node, 0));
            if (format.isEmpty() || WIDE_FORMAT.matcher(format).find()) {
                throw Refusals.growth(
                        function,
                        "Give its format as a text whose widths have at most " + MAX_DIGITS + " digits and no '*'");
            }
        }
    }

    private static boolean isShort(String length) {
        return length.matches("\\d{1,5}") && Integer.parseInt(length) <= MAX_TEXT;
    }

    /** 2.0 keeps arguments as {@code arguments[].expression}, 1.5 as {@code children[]}. */
    private static JsonNode argument(JsonNode node, int index) {
        JsonNode argument = node.path("arguments").path(index);
        return argument.isMissingNode() ? node.path("children").path(index) : argument.path("expression");
    }

    private static String constant(JsonNode expression) {
        if (!expression.path("class").asText().equals("CONSTANT")) {
            return "";
        }
        JsonNode text = expression.path("literal").path("text");
        return text.isMissingNode() ? expression.path("value").path("value").asText() : text.asText();
    }
}
