package dev.datastudio.core.profile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.datastudio.core.profile.internal.RecordJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * Profiles and comparisons as JSON: the components of the records by their names, constants in lower case, what is
 * missing or not a number as null. Stateless.
 */
public final class ProfileJson {
    private ProfileJson() {}

    /** A whole profile. */
    public static String write(DatasetProfile profile) {
        return json(profile);
    }

    /** A comparison, with both profiles. */
    public static String write(ProfileComparison comparison) {
        return json(comparison);
    }

    private static String json(Record value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            RecordJson.write(out, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
