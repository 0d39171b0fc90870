package dev.datastudio.rag.document;

import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchFilter;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.rag.chunk.DocumentText.PageStart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A passage of a document, with the place that it was taken from. Immutable.
 *
 * @param key document, version and place among the passages
 * @param name of the document, for people; a longer one is cut at {@link Passage#MAX_ATTRIBUTE} characters
 * @param context title and headings that it stands under, or the header of the table that it is a part of; may be empty
 * @param text exactly as in the text of the document, from {@code from} to {@code to}
 * @param language BCP 47 of its text
 * @param pageFrom page, slide or sheet of its first character, from 1; 0 when the format has none
 * @param pageTo the one of its last character
 * @param from where it begins in the text of the document, in UTF-16 units from 0
 * @param to where it ends there, exclusive
 * @param breaks where further pages begin within it, in their order; empty when it stands on one page, or when that was
 *     not kept
 */
public record DocumentPassage(
        PassageKey key,
        String name,
        String context,
        String text,
        String language,
        int pageFrom,
        int pageTo,
        long from,
        long to,
        List<PageStart> breaks) {
    private static final String NAME = "name";
    private static final String PAGE_FROM = "page_from";
    private static final String PAGE_TO = "page_to";
    private static final String BREAKS = "page_breaks";
    private static final String FROM = "span_from";
    private static final String TO = "span_to";
    private static final String USER = "user_id";
    private static final String VISIBILITY = "visibility";
    private static final String DOCUMENT = "document";

    /** @throws IllegalArgumentException if the span is not as long as the text */
    public DocumentPassage {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(language, "language");
        breaks = List.copyOf(breaks);
        name = name.length() <= Passage.MAX_ATTRIBUTE ? name : name.substring(0, Passage.MAX_ATTRIBUTE);
        if (to - from != text.length()) {
            throw new IllegalArgumentException(
                    "The text of " + key + " has " + text.length() + " characters, its span " + (to - from));
        }
    }

    /** A passage that stands on one page, or in a format without pages, where the page is 0. */
    public DocumentPassage(
            PassageKey key, String name, String context, String text, String language, int page, long from, long to) {
        this(key, name, context, text, language, page, page, from, to, List.of());
    }

    /**
     * The page that one of its characters stands on; 0 when the format has none, or when it is one of several and it was
     * not kept where they begin.
     *
     * @param offset in the text of the document
     */
    public int page(long offset) {
        if (breaks.isEmpty() && pageFrom != pageTo) {
            return 0;
        }
        int page = pageFrom;
        for (PageStart each : breaks) {
            page = each.offset() <= offset ? each.page() : page;
        }
        return page;
    }

    /** The passage as an index keeps it, found by whom the document is visible to; without a vector when it is of length 0. */
    public Passage toPassage(String user, Visibility visibility, float[] vector) {
        Map<String, Object> attributes = new HashMap<>(Map.of(
                NAME,
                name,
                DOCUMENT,
                key.version().document(),
                PAGE_FROM,
                (long) pageFrom,
                PAGE_TO,
                (long) pageTo,
                FROM,
                from,
                TO,
                to,
                USER,
                user,
                VISIBILITY,
                visibility.name()));
        String kept = breaks.stream()
                .map(each -> (each.offset() - from) + ":" + each.page())
                .collect(Collectors.joining(" "));
        if (!kept.isEmpty() && kept.length() <= Passage.MAX_ATTRIBUTE) {
            attributes.put(BREAKS, kept);
        }
        return new Passage(key, text, context, language, attributes, vector);
    }

    /** What {@link #toPassage} made. */
    public static DocumentPassage of(Passage passage) {
        return new DocumentPassage(
                passage.key(),
                String.valueOf(passage.attributes().get(NAME)),
                passage.context(),
                passage.text(),
                passage.language(),
                (int) number(passage, PAGE_FROM),
                (int) number(passage, PAGE_TO),
                number(passage, FROM),
                number(passage, TO),
                breaks(passage));
    }

    private static List<PageStart> breaks(Passage passage) {
        if (!(passage.attributes().get(BREAKS) instanceof String kept)) {
            return List.of();
        }
        long from = number(passage, FROM);
        List<PageStart> breaks = new ArrayList<>();
        for (String each : kept.split(" ", -1)) {
            int colon = each.indexOf(':');
            breaks.add(new PageStart(
                    from + Long.parseLong(each.substring(0, colon)), Integer.parseInt(each.substring(colon + 1))));
        }
        return breaks;
    }

    private static long number(Passage passage, String attribute) {
        if (passage.attributes().get(attribute) instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException("Passage " + passage.key() + " has no number '" + attribute + "'");
    }

    /** Lets through what a caller may see. */
    public static SearchFilter visibleTo(Caller caller) {
        return new SearchFilter.Or(
                List.of(SearchFilter.is(USER, caller.user()), SearchFilter.is(VISIBILITY, Visibility.TENANT.name())));
    }

    /** Lets through the passages of some documents. */
    public static SearchFilter of(List<String> documents) {
        return new SearchFilter.AnyOf(DOCUMENT, List.copyOf(documents));
    }
}
