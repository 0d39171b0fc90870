package dev.datastudio.agents.graph.internal;

import dev.datastudio.agents.graph.NodeRun.Extent;
import dev.datastudio.core.text.internal.OutsideText;
import dev.datastudio.graph.json.Values;
import dev.datastudio.graph.json.internal.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as a run shows them: long texts and long lists are cut and say so, within a number of characters for all. A chart
 * is shown whole or not at all, since half of one would lie. Used once.
 */
public final class ShownValues {
    /** How many characters of values are shown of one side of a node. */
    public static final int MAX_CHARACTERS = 150_000;

    private static final int MAX_TEXT = 50_000;
    private static final int MAX_ELEMENTS = 500;
    private static final int SMALL = 200;

    private int left;
    private Extent extent = Extent.WHOLE;

    private ShownValues(int most) {
        this.left = most;
    }

    /**
     * What is shown.
     *
     * @param values cut
     * @param extent whether something is left out
     */
    public record Shown(Values values, Extent extent) {}

    /** Values as they are shown. */
    public static Shown of(Values values) {
        ShownValues shown = new ShownValues(MAX_CHARACTERS);
        Map<String, @Nullable Object> cut = shown.object(values.all());
        return new Shown(new Values(cut), shown.extent);
    }

    /** One value as it is shown. */
    static @Nullable Object of(@Nullable Object value) {
        return new ShownValues(MAX_CHARACTERS / 4).value(value);
    }

    private @Nullable Object value(@Nullable Object value) {
        if (value instanceof String text) {
            return text(text);
        }
        if (value instanceof List<?> list) {
            return list(list);
        }
        if (value instanceof Map<?, ?> map) {
            return isFigure(map) ? figure(map) : object(map);
        }
        left -= 8;
        return value;
    }

    private String text(String text) {
        int most = Math.max(SMALL, Math.min(MAX_TEXT, left));
        String cut = OutsideText.cut(text, most);
        left -= cut.length();
        if (cut.length() == text.length()) {
            return text;
        }
        extent = Extent.CUT;
        return cut + "… (" + (text.length() - cut.length()) + " more characters)";
    }

    private List<@Nullable Object> list(List<?> list) {
        List<@Nullable Object> shown = new ArrayList<>();
        for (Object each : list) {
            if (shown.size() == MAX_ELEMENTS || left <= 0) {
                extent = Extent.CUT;
                shown.add("… (" + (list.size() - shown.size()) + " more)");
                break;
            }
            shown.add(value(each));
        }
        return shown;
    }

    private Map<String, @Nullable Object> object(Map<?, ?> map) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = String.valueOf(entry.getKey());
            if (shown.size() == MAX_ELEMENTS || left <= -MAX_TEXT) {
                extent = Extent.CUT;
                break;
            }
            left -= name.length();
            shown.put(name, value(entry.getValue()));
        }
        return shown;
    }

    private static boolean isFigure(Map<?, ?> map) {
        return map.get("data") instanceof List && map.get("layout") instanceof Map;
    }

    private @Nullable Object figure(Map<?, ?> figure) {
        int size = JsonWriter.line(figure).length();
        if (size > Math.max(left, 0)) {
            extent = Extent.CUT;
            return null;
        }
        left -= size;
        return figure;
    }
}
