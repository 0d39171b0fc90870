package dev.datastudio.app.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Says why the body of a request can't be read without repeating any of it, as the parser's own messages do: it may be a
 * password or a key.
 */
final class UnreadableBody {
    private UnreadableBody() {}

    /** The rest of a sentence that says it: where, and what was expected there. */
    static String where(Throwable cause) {
        if (!(cause instanceof JacksonException e)) {
            return "";
        }
        TokenStreamLocation location = e.getLocation();
        String place = location == null || location.getLineNr() < 1
                ? ""
                : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
        String path = path(e);
        return place + (path.isEmpty() ? "" : ", '" + path + "'") + expected(e);
    }

    private static String path(JacksonException e) {
        return e.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
    }

    private static String expected(JacksonException e) {
        Class<?> type = e instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        return type == null ? ": it is no JSON" : ": " + named(type) + " is expected";
    }

    private static String named(Class<?> type) {
        if (type.isEnum()) {
            return "one of " + names(type);
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "a text";
        }
        if (type == UUID.class) {
            return "an id";
        }
        return type.isArray() || Collection.class.isAssignableFrom(type) ? "a list" : "an object";
    }

    private static String names(Class<?> type) {
        return Arrays.stream(type.getFields())
                .filter(Field::isEnumConstant)
                .map(constant -> Optional.ofNullable(constant.getAnnotation(JsonProperty.class))
                        .map(JsonProperty::value)
                        .orElse(constant.getName()))
                .collect(Collectors.joining(", "));
    }
}
