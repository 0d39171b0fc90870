package dev.datastudio.core.chart.internal.figure;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks a figure against {@link Allowed} and copies what passes; nothing else of it is handed on. Not thread-safe; one
 * for each figure.
 */
public final class FigureCheck {
    private static final int MAX_CHARACTERS = 2_000_000;
    private static final int MAX_TRACES = 50;
    private static final int MAX_VALUES = 200_000;
    private static final int MAX_DEPTH = 12;
    private static final int MAX_PROBLEMS = 5;
    private static final Pattern COLOUR = Pattern.compile(
            "#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})|[a-zA-Z]{3,24}|(?:rgb|hsl)a?\\([0-9., %]{1,40}\\)");
    private static final Pattern SCALE = Pattern.compile("[a-zA-Z]{2,20}");
    private static final Pattern AXIS = Pattern.compile("[xy](?:[2-9]|[1-3][0-9])?");
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(10_000)
                    .maxNumberLength(100)
                    .maxDocumentLength(MAX_CHARACTERS)
                    .build())
            .build());

    private final List<String> problems = new ArrayList<>();
    private int values;

    private FigureCheck() {}

    /**
     * The checked copy of a figure: an object with {@code data} and {@code layout}.
     *
     * @throws StudioException with {@link ErrorCode#CHART_INVALID}, naming what a figure may not hold
     */
    public static ObjectNode check(String figure) {
        if (figure.length() > MAX_CHARACTERS) {
            throw invalid(
                    "A figure may have " + MAX_CHARACTERS + " characters, but this one has " + figure.length(),
                    "Aggregate its data first");
        }
        JsonNode read = read(figure);
        FigureCheck check = new FigureCheck();
        ObjectNode copy = check.figure(read);
        if (!check.problems.isEmpty()) {
            throw invalid(
                    String.join("; ", check.problems), "Leave out or mend what is named, and hand the figure in again");
        }
        return copy;
    }

    private static JsonNode read(String figure) {
        try {
            JsonNode read = JSON.readTree(figure);
            if (read == null || !read.isObject()) {
                throw invalid("A figure must be a JSON object", "Write {\"data\": [...], \"layout\": {...}}");
            }
            return read;
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
            throw new StudioException(
                    ErrorCode.CHART_INVALID,
                    "The figure is no JSON that can be read" + where + ": " + e.getOriginalMessage(),
                    "Write {\"data\": [...], \"layout\": {...}} with at most " + MAX_DEPTH + " levels",
                    e);
        }
    }

    private static StudioException invalid(String what, String mend) {
        return new StudioException(ErrorCode.CHART_INVALID, what, mend);
    }

    private ObjectNode figure(JsonNode read) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        read.fieldNames().forEachRemaining(name -> {
            if (!name.equals("data") && !name.equals("layout")) {
                unknown(name, "a figure", List.of("data", "layout"), "");
            }
        });
        ArrayNode traces = copy.putArray("data");
        JsonNode data = read.path("data");
        if (!data.isArray() || data.isEmpty()) {
            problem("'data' must be a list of at least one trace");
        } else if (data.size() > MAX_TRACES) {
            problem("'data' has " + data.size() + " traces, but a figure may have " + MAX_TRACES);
        } else {
            for (int i = 0; i < data.size(); i++) {
                traces.add(trace(data.get(i), "data[" + i + "]"));
            }
        }
        copy.set("layout", layout(read.path("layout")));
        return copy;
    }

    private ObjectNode trace(JsonNode trace, String path) {
        String type = trace.path("type").asText("scatter");
        @Nullable Map<String, Rule> rules = Allowed.LIST.trace(type);
        if (!trace.isObject() || rules == null) {
            problem("The trace " + path + " is of the type " + StudioException.quote(type) + ", but must be one of "
                    + new TreeSet<>(Allowed.LIST.traceTypes()));
            return JsonNodeFactory.instance.objectNode();
        }
        ObjectNode copy = parts(trace, rules, path, "a '" + type + "' trace");
        copy.put("type", type);
        return copy;
    }

    private ObjectNode layout(JsonNode layout) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        if (layout.isMissingNode()) {
            return copy;
        }
        if (!layout.isObject()) {
            problem("'layout' must be an object");
            return copy;
        }
        layout.properties().forEach(field -> {
            @Nullable Rule rule = Allowed.LIST.layout(field.getKey());
            if (rule == null) {
                List<String> names = new ArrayList<>(Allowed.LIST.layout().keySet());
                names.addAll(List.of("xaxis", "yaxis"));
                unknown(field.getKey(), "a layout", names, "layout.");
            } else {
                add(copy, field.getKey(), field.getValue(), rule, "layout." + field.getKey());
            }
        });
        return copy;
    }

    private ObjectNode parts(JsonNode object, Map<String, Rule> rules, String path, String what) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(field -> {
            @Nullable Rule rule = rules.get(field.getKey());
            if (rule == null) {
                unknown(field.getKey(), what, rules.keySet(), path + ".");
            } else {
                add(copy, field.getKey(), field.getValue(), rule, path + "." + field.getKey());
            }
        });
        return copy;
    }

    private void add(ObjectNode to, String name, JsonNode value, Rule rule, String path) {
        @Nullable JsonNode checked = value(value, rule, path);
        if (checked != null) {
            to.set(name, checked);
        } else {
            problem("'" + path + "' can't be " + cut(value));
        }
    }

    /** The checked copy of a value; null when the rule doesn't fit. Problems within objects are noted themselves. */
    private @Nullable JsonNode value(JsonNode value, Rule rule, String path) {
        if (++values > MAX_VALUES) {
            if (values == MAX_VALUES + 1) {
                problem("The figure has more than " + MAX_VALUES + " values; aggregate its data first");
            }
            return value.isValueNode() ? JsonNodeFactory.instance.nullNode() : null;
        }
        if (rule instanceof Rule.Titled titled) {
            JsonNode whole =
                    value.isTextual() ? JsonNodeFactory.instance.objectNode().set("text", value) : value;
            return value(whole, titled.parts(), path);
        } else if (rule instanceof Rule.Parts parts) {
            return value.isObject() ? parts(value, parts.parts(), path, "this place") : null;
        } else if (rule instanceof Rule.Many many) {
            return value.isArray() ? many(value, many.each(), path) : null;
        } else if (rule instanceof Rule.OneOrMany one) {
            return value.isArray() ? many(value, one.each(), path) : value(value, one.each(), path);
        } else if (rule instanceof Rule.Either either) {
            @Nullable JsonNode first = fits(value, either.first()) ? value(value, either.first(), path) : null;
            return first != null ? first : value(value, either.second(), path);
        } else if (rule instanceof Rule.Scale) {
            return scale(value, path);
        }
        return isSimple(value, rule) ? simple(value) : rule instanceof Rule.Text ? badText(value, path) : null;
    }

    /** Whether a value is of the shape that a rule is about, so that its problems are the ones to name. */
    private static boolean fits(JsonNode value, Rule rule) {
        if (rule instanceof Rule.Parts) {
            return value.isObject();
        } else if (rule instanceof Rule.Text) {
            return value.isTextual();
        } else if (rule instanceof Rule.Either either) {
            return fits(value, either.first()) || fits(value, either.second());
        }
        return true;
    }

    private @Nullable JsonNode badText(JsonNode value, String path) {
        if (!value.isTextual()) {
            return null;
        }
        PlainText.problem(PlainText.clean(value.textValue())).ifPresent(p -> problem("The text '" + path + "' " + p));
        return JsonNodeFactory.instance.textNode("");
    }

    private @Nullable JsonNode many(JsonNode list, Rule each, String path) {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode(list.size());
        for (int i = 0; i < list.size(); i++) {
            @Nullable JsonNode one = value(list.get(i), each, path + "[" + i + "]");
            if (one == null) {
                return null;
            }
            copy.add(one);
        }
        return copy;
    }

    private @Nullable JsonNode scale(JsonNode value, String path) {
        if (value.isTextual()) {
            return SCALE.matcher(value.textValue()).matches() ? value : null;
        }
        return value(value, new Rule.Many(new Rule.Many(new Rule.Either(Rule.SHARE, Rule.COLOUR))), path);
    }

    private static JsonNode simple(JsonNode value) {
        return value.isTextual()
                ? JsonNodeFactory.instance.textNode(PlainText.escaped(PlainText.clean(value.textValue())))
                : value;
    }

    private static boolean isSimple(JsonNode value, Rule rule) {
        if (rule instanceof Rule.Num number) {
            double size = value.asDouble();
            return value.isNumber() && Double.isFinite(size) && size >= number.min() && size <= number.max();
        } else if (rule instanceof Rule.Bool) {
            return value.isBoolean();
        } else if (rule instanceof Rule.Missing) {
            return value.isNull();
        } else if (rule instanceof Rule.Word words) {
            return value.isTextual() && words.allowed().contains(value.textValue());
        } else if (rule instanceof Rule.Flags flags) {
            return value.isTextual()
                    && flags.allowed().containsAll(List.of(value.textValue().split("\\+", -1)));
        } else if (rule instanceof Rule.Colour) {
            return value.isTextual() && COLOUR.matcher(value.textValue()).matches();
        } else if (rule instanceof Rule.AxisName axis) {
            return value.isTextual()
                    && (AXIS.matcher(value.textValue()).matches()
                            || (axis.paper() && value.textValue().equals("paper")));
        } else if (rule instanceof Rule.Text) {
            return value.isTextual() && isHarmless(value.textValue());
        } else if (rule instanceof Rule.Scalar) {
            return value.isNull()
                    || value.isBoolean()
                    || (value.isNumber() && Double.isFinite(value.asDouble()))
                    || (value.isTextual() && isHarmless(value.textValue()));
        }
        throw new AssertionError(rule);
    }

    private static boolean isHarmless(String text) {
        return PlainText.problem(PlainText.clean(text)).isEmpty();
    }

    private void unknown(String name, String what, Collection<String> known, String path) {
        String nearest = Spelling.nearest(name, known)
                .map(near -> "; '" + near + "' is the nearest that it may have")
                .orElse("");
        problem("'" + path + StudioException.quote(name).replace("'", "") + "' is not allowed in " + what + nearest);
    }

    private void problem(String problem) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(problem);
        }
    }

    private static String cut(JsonNode value) {
        return value.isContainerNode()
                ? (value.isArray() ? "this list" : "an object")
                : StudioException.quote(value.asText());
    }
}
