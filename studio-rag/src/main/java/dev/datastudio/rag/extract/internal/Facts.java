package dev.datastudio.rag.extract.internal;

import dev.datastudio.rag.extract.DocumentMetadata;
import dev.datastudio.rag.extract.DocumentMetadata.PageKind;
import dev.datastudio.rag.extract.ExtractionWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is found out about a document while it is read. Not thread-safe. */
final class Facts {
    private static final int MAX_WARNINGS = 50;

    /** What programs write as the title when nobody gave one. */
    private static final Set<String> NO_TITLES = Set.of("untitled", "unknown", "title", "document", "slide 1");

    private final List<ExtractionWarning> warnings = new ArrayList<>();
    private String contentType = "application/octet-stream";
    private String title = "";
    private String author = "";
    private String declaredLanguage = "";
    private PageKind pageKind = PageKind.NONE;
    private int pageCount;
    private int embedded;

    void contentType(String type) {
        contentType = type;
    }

    /** Keeps the first title that says something. */
    void title(@Nullable String text) {
        String line = line(text);
        if (title.isEmpty() && !NO_TITLES.contains(line.toLowerCase(java.util.Locale.ROOT))) {
            title = line;
        }
    }

    void author(@Nullable String text) {
        if (author.isEmpty()) {
            author = line(text);
        }
    }

    /** What the document says its language is, such as {@code de-DE}. */
    void language(@Nullable String tag) {
        String primary = line(tag).toLowerCase(java.util.Locale.ROOT).split("[-_]", 2)[0];
        if (declaredLanguage.isEmpty() && primary.matches("[a-z]{2,3}")) {
            declaredLanguage = primary;
        }
    }

    void pages(PageKind kind, int count) {
        pageKind = kind;
        pageCount = Math.max(0, count);
    }

    void countEmbedded() {
        embedded++;
    }

    int embedded() {
        return embedded;
    }

    void warn(ExtractionWarning.Kind kind, String text) {
        ExtractionWarning warning = new ExtractionWarning(kind, text);
        if (warnings.size() < MAX_WARNINGS && !warnings.contains(warning)) {
            warnings.add(warning);
        }
    }

    List<ExtractionWarning> warnings() {
        return List.copyOf(warnings);
    }

    boolean missesText() {
        return warnings.stream().anyMatch(warning -> warning.kind().meansMissingText());
    }

    /** @param guessed the language of the text; when that is not known, what the document declares counts */
    DocumentMetadata metadata(String guessed) {
        boolean unsure = guessed.equals(DocumentMetadata.UNDETERMINED);
        String language = unsure && !declaredLanguage.isEmpty() ? declaredLanguage : guessed;
        return new DocumentMetadata(contentType, title, author, language, pageKind, pageCount);
    }

    private static String line(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String line = TextCleaning.clean(text).replaceAll("\\s+", " ").strip();
        return line.length() <= DocumentMetadata.MAX_LENGTH ? line : line.substring(0, DocumentMetadata.MAX_LENGTH);
    }
}
