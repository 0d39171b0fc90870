package dev.datastudio.cli;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.registry.TrainedModel;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row for a model that somebody typed: {@code COLUMN=VALUE}, each a word. */
final class TypedRow {
    private TypedRow() {}

    /**
     * The row; columns that are not named, or have no value, are missing.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when a word is none of a column, names one twice or
     *     one that the model does not predict from, or its value is of another kind
     */
    static Map<String, @Nullable Object> of(TrainedModel model, List<String> words) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (String word : words) {
            int at = word.indexOf('=');
            if (at < 1) {
                throw wrong("The word " + StudioException.quote(word) + " gives no column a value", model);
            }
            String column = word.substring(0, at);
            ColumnType type = model.columns().get(column);
            if (type == null) {
                throw wrong("The model does not predict from " + StudioException.quote(column), model);
            }
            if (row.containsKey(column)) {
                throw wrong("The column " + StudioException.quote(column) + " has two values", model);
            }
            row.put(column, value(column, type, word.substring(at + 1).strip()));
        }
        model.columns().keySet().forEach(column -> row.putIfAbsent(column, null));
        return row;
    }

    private static @Nullable Object value(String column, ColumnType type, String text) {
        if (text.isEmpty()) {
            return null;
        }
        if (type.isNumeric()) {
            try {
                return new BigDecimal(text);
            } catch (NumberFormatException e) {
                throw wrongValue(column, text, "a number", e);
            }
        }
        if (type == ColumnType.BOOLEAN) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true", "yes" -> true;
                case "false", "no" -> false;
                default -> throw wrongValue(column, text, "true or false", null);
            };
        }
        return text;
    }

    private static StudioException wrong(String what, TrainedModel model) {
        return new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                what,
                "Write COLUMN=VALUE, with columns of " + model.columns().keySet());
    }

    private static StudioException wrongValue(
            String column, String text, String kind, @Nullable NumberFormatException cause) {
        return new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "The column " + StudioException.quote(column) + " holds another kind of value than "
                        + StudioException.quote(text),
                "Give " + kind + ", or nothing for a missing value",
                cause);
    }
}
