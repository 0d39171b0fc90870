package dev.datastudio.app.learning;

import java.util.Locale;

/** Constants as they are in JSON. */
final class Words {
    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
