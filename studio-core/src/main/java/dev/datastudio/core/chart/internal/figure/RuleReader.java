package dev.datastudio.core.chart.internal.figure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads rules written as JSON:
 *
 * <ul>
 *   <li>{@code "text"}, {@code "colour"}, {@code "bool"}, {@code "number"}, {@code "pixels"}, {@code "share"},
 *       {@code "scalar"}, {@code "axis"} and so on are the plain rules;
 *   <li>{@code "0..8"} is a number from one to another, {@code "1e-12.."} one without an upper end;
 *   <li>{@code "@font"} is the rule of that name;
 *   <li>{@code "colour*"} is one colour or a list of them, {@code "text[]"} a list of texts;
 *   <li>a list is one of its words;
 *   <li>{@code {"$titled": {…}}} is an object with parts or its text alone;
 *   <li>{@code {"$flags": […]}} is words joined by {@code +}, {@code {"$either": […, …]}} the first of two rules that fits,
 *       {@code {"$many": …}} a list;
 *   <li>any other object has parts by name.
 * </ul>
 */
final class RuleReader {
    private final JsonNode named;

    /**
     * A reader of rules that may name others.
     *
     * @param named rules by their names
     */
    RuleReader(JsonNode named) {
        this.named = named;
    }

    /** A resource beside this class. */
    static JsonNode resource(String name) {
        try (InputStream stream = Objects.requireNonNull(RuleReader.class.getResourceAsStream(name), name)) {
            return new ObjectMapper().readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException("The list of what figures may have can't be read: " + name, e);
        }
    }

    /** The rule of a name. */
    Rule named(String name) {
        return rule(named.required(name));
    }

    /** The rules of an object's parts. */
    Map<String, Rule> parts(JsonNode object) {
        Map<String, Rule> parts = new LinkedHashMap<>();
        object.properties().forEach(part -> parts.put(part.getKey(), rule(part.getValue())));
        return Map.copyOf(parts);
    }

    private Rule rule(JsonNode written) {
        if (written.isTextual()) {
            return rule(written.textValue());
        } else if (written.isArray()) {
            return new Rule.Word(words(written));
        } else if (written.has("$flags")) {
            return new Rule.Flags(words(written.path("$flags")));
        } else if (written.has("$titled")) {
            return new Rule.Titled(new Rule.Parts(parts(written.path("$titled"))));
        } else if (written.has("$many")) {
            return new Rule.Many(rule(written.path("$many")));
        } else if (written.has("$either")) {
            JsonNode two = written.path("$either");
            return new Rule.Either(rule(two.required(0)), rule(two.required(1)));
        }
        return new Rule.Parts(parts(written));
    }

    private Rule rule(String written) {
        if (written.startsWith("@") && Character.isLetter(written.charAt(written.length() - 1))) {
            return named(written.substring(1));
        } else if (written.endsWith("[]")) {
            return new Rule.Many(rule(written.substring(0, written.length() - 2)));
        } else if (written.endsWith("*")) {
            return new Rule.OneOrMany(rule(written.substring(0, written.length() - 1)));
        }
        int dots = written.indexOf("..");
        return dots < 0 ? plain(written) : range(written.substring(0, dots), written.substring(dots + 2));
    }

    private static Rule range(String from, String to) {
        return new Rule.Num(Double.parseDouble(from), to.isEmpty() ? Double.MAX_VALUE : Double.parseDouble(to));
    }

    private static Rule plain(String name) {
        return switch (name) {
            case "text" -> Rule.TEXT;
            case "colour" -> Rule.COLOUR;
            case "bool" -> Rule.BOOL;
            case "number" -> Rule.NUMBER;
            case "numbers" -> Rule.NUMBERS;
            case "pixels" -> Rule.PIXELS;
            case "share" -> Rule.SHARE;
            case "scalar" -> Rule.SCALAR;
            case "scalars" -> Rule.SCALARS;
            case "axis" -> new Rule.AxisName(false);
            case "axisOrPaper" -> new Rule.AxisName(true);
            case "scale" -> new Rule.Scale();
            default -> throw new IllegalStateException("no such rule: " + name);
        };
    }

    private static List<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.textValue()));
        return List.copyOf(words);
    }
}
