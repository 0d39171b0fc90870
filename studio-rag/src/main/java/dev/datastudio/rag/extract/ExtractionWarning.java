package dev.datastudio.rag.extract;

import java.util.Objects;

/**
 * Something that a reader of the text should know. Immutable.
 *
 * @param kind what it is about
 * @param text one sentence for a user, or two with what to do about it, without the last full stop
 */
public record ExtractionWarning(Kind kind, String text) {
    public ExtractionWarning {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(text, "text");
    }

    /** What a warning is about. */
    public enum Kind {
        /** The ending of the name says another format than the content. */
        NAME_MISLEADS,
        /** The file is damaged and was mended as far as possible; text may be missing. */
        DAMAGED,
        /** The text goes on beyond a limit. */
        CUT_OFF,
        /** Some pages hold pictures only. */
        PAGES_WITHOUT_TEXT,
        /** Characters that can't be seen stand between the others, or text that is not shown. */
        HIDDEN_TEXT,
        /** The encoding was guessed, or some bytes did not fit it. */
        ENCODING,
        /** A document inside this one was left out. */
        EMBEDDED_LEFT_OUT,
        /** Its author does not allow that text is taken out of it. */
        COPYING_RESTRICTED;

        /** Whether text may be missing because of it, so that the document counts as partly read. */
        public boolean meansMissingText() {
            return this == DAMAGED || this == CUT_OFF;
        }
    }
}
