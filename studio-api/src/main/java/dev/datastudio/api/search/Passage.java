package dev.datastudio.api.search;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A piece of text as an index keeps it. Don't change the array of the vector.
 *
 * @param key what it is called
 * @param text the piece itself, given back as it is; not blank
 * @param context what it stands under (title, headings, caption), searched with it but not part of it; may be empty
 * @param language BCP 47 of its text, such as {@code en}; {@code und} when it is not known. Chooses how words are
 *     reduced to their stems
 * @param attributes what it can be filtered by: texts ({@link String}, at most 1,000 characters) and whole numbers
 *     ({@link Long}), by names of lower-case letters, digits and '_'
 * @param vector its meaning; of length 0 when it has none, for an index that is searched by words only
 */
@SuppressWarnings("ArrayRecordComponent") // vectors are long and many; nobody compares passages
public record Passage(
        PassageKey key, String text, String context, String language, Map<String, Object> attributes, float[] vector) {
    /** The longest text of an attribute, in characters. */
    public static final int MAX_ATTRIBUTE = 1_000;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    /** @throws IllegalArgumentException if the text is blank or an attribute breaks its rule */
    public Passage {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(language, "language");
        Objects.requireNonNull(vector, "vector");
        attributes = Map.copyOf(attributes);
        if (Objects.requireNonNull(text, "text").isBlank()) {
            throw new IllegalArgumentException("text of " + key + " must not be blank");
        }
        attributes.forEach(Passage::requireAttribute);
    }

    /** A passage that is found by its words only. */
    public Passage(PassageKey key, String text, String context, String language, Map<String, Object> attributes) {
        this(key, text, context, language, attributes, new float[0]);
    }

    private static void requireAttribute(String name, Object value) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("The name of an attribute must match " + NAME + ", was '" + name + "'");
        }
        boolean fits = value instanceof Long || (value instanceof String text && text.length() <= MAX_ATTRIBUTE);
        if (!fits) {
            throw new IllegalArgumentException("Attribute '" + name + "' must be a Long or a String of at most "
                    + MAX_ATTRIBUTE + " characters, was " + value.getClass().getSimpleName());
        }
    }

    /** {@link #vector()}, or empty when there is none. */
    public Optional<float[]> meaning() {
        return vector.length == 0 ? Optional.empty() : Optional.of(vector);
    }
}
