package dev.datastudio.rag.extract.internal;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells titles from what programs write in their place. */
final class PdfTitles {
    private static final Pattern FILE_NAME = Pattern.compile(
            "(?i)(microsoft (word|powerpoint|excel) - .*|.*\\.(docx?|pptx?|xlsx?|dvi|tex|indd|qxd|pdf|odt|rtf|ps))");

    private PdfTitles() {}

    static String usable(@Nullable String title) {
        return title == null || FILE_NAME.matcher(title.strip()).matches() ? "" : title;
    }
}
