package dev.datastudio.app.platform;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How pages write numbers and dates for everybody of an organisation.
 *
 * @param locale BCP 47, such as {@code en-GB}
 * @param timeZone such as {@code Europe/Berlin}
 * @param revision 0 as long as nobody changed it
 */
public record Preferences(String locale, String timeZone, long revision) {
    /**
     * What somebody wants them to be.
     *
     * @param locale BCP 47
     * @param timeZone such as {@code Europe/Berlin}
     */
    record Input(@Nullable String locale, @Nullable String timeZone) {
        /** @throws StudioException {@link ErrorCode#INVALID_ARGUMENT} that names the value that there is not */
        Preferences checked(long revision) {
            return new Preferences(knownLocale(locale), knownZone(timeZone), revision);
        }
    }

    private static String knownLocale(@Nullable String tag) {
        try {
            String known =
                    new Locale.Builder().setLanguageTag(text(tag)).build().toLanguageTag();
            if (!known.equals("und")) {
                return known;
            }
        } catch (IllformedLocaleException e) {
            throw wrong("locale", tag, "Use a language tag, such as en-GB", e);
        }
        throw wrong("locale", tag, "Use a language tag, such as en-GB", null);
    }

    private static String knownZone(@Nullable String id) {
        try {
            return ZoneId.of(text(id)).getId();
        } catch (DateTimeException e) {
            throw wrong("timeZone", id, "Use the name of a zone, such as Europe/Berlin", e);
        }
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    private static StudioException wrong(String what, @Nullable String value, String mend, @Nullable Throwable cause) {
        String text = "There is no " + what + " " + StudioException.quote(value);
        return cause == null
                ? new StudioException(ErrorCode.INVALID_ARGUMENT, text, mend)
                : new StudioException(ErrorCode.INVALID_ARGUMENT, text, mend, cause);
    }
}
