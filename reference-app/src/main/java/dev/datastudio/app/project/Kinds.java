package dev.datastudio.app.project;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names of kinds and states on the wire: lower case. */
final class Kinds {
    private Kinds() {}

    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** @throws StudioException {@link ErrorCode#INVALID_ARGUMENT} that names those there are */
    static <E extends Enum<E>> E parse(Class<E> type, String what, @Nullable String name) {
        List<String> names =
                Arrays.stream(type.getEnumConstants()).map(Kinds::name).toList();
        int index = names.indexOf(name == null ? "" : name);
        if (index < 0) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    what + " can't be " + StudioException.quote(name),
                    "Use one of " + names);
        }
        return type.getEnumConstants()[index];
    }

    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
