package dev.datastudio.rag.extract.internal;

import dev.datastudio.rag.extract.Block;
import dev.datastudio.rag.extract.Block.RowKind;
import dev.datastudio.rag.extract.ExtractionLimits;
import dev.datastudio.rag.extract.ExtractionStatus;
import dev.datastudio.rag.extract.ExtractionWarning;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the readers write to: cleans the text, cuts it into blocks of a bearable size, counts it against the limits, and
 * looks out for characters that can't be seen. Not thread-safe.
 */
final class BlockWriter {
    /** Text of this length is free of the limit on the ratio. */
    private static final long FREE_CHARACTERS = 16L << 20;

    private final Feed feed;
    private final ExtractionLimits limits;
    private final Facts facts;
    private final long bytes;
    private final HiddenCharacters hidden = new HiddenCharacters();
    private final StringBuilder sample = new StringBuilder();
    private int page;
    private int frozen;
    private long characters;
    private boolean begun;
    private @Nullable ExtractionStop stop;

    BlockWriter(Feed feed, ExtractionLimits limits, Facts facts, long bytes) {
        this.feed = feed;
        this.limits = limits;
        this.facts = facts;
        this.bytes = bytes;
    }

    /** What is known of the document so far. */
    Facts facts() {
        return facts;
    }

    long characters() {
        return characters;
    }

    /** The beginning of the text, for guessing its language. */
    CharSequence sample() {
        return sample;
    }

    HiddenCharacters hidden() {
        return hidden;
    }

    /** Why the writer refuses more; some libraries swallow the exception that said so. */
    @Nullable
    ExtractionStop stop() {
        return stop;
    }

    /** What follows stands on this page; has no effect within a document inside the document. */
    void page(int number) {
        if (frozen == 0) {
            page = number;
        }
    }

    int page() {
        return page;
    }

    void freezePage() {
        frozen++;
    }

    void thawPage() {
        frozen--;
    }

    void throwIfHalted() {
        feed.throwIfHalted();
        if (stop != null) {
            throw stop;
        }
    }

    void heading(int level, String text) {
        String line = clean(text).replace('\n', ' ').strip();
        if (!line.isEmpty()) {
            int kept = Math.min(line.length(), Block.MAX_TEXT);
            emit(new Block.Heading(line.substring(0, kept), Math.max(1, Math.min(9, level)), page), kept);
            continuation(line.substring(kept));
        }
    }

    /** Writes a paragraph; gives false when it was blank, so that nothing was written. */
    boolean paragraph(String text) {
        String cleaned = stripBlankLines(clean(text));
        if (cleaned.isBlank()) {
            return false;
        }
        int kept = cut(cleaned, 0);
        emit(new Block.Paragraph(cleaned.substring(0, kept), page), kept);
        continuation(cleaned.substring(kept));
        return true;
    }

    void listItem(int depth, String text) {
        String cleaned = clean(text).strip();
        if (!cleaned.isEmpty()) {
            int kept = cut(cleaned, 0);
            emit(new Block.ListItem(cleaned.substring(0, kept), Math.max(1, Math.min(99, depth)), page), kept);
            continuation(cleaned.substring(kept));
        }
    }

    void code(String text) {
        String cleaned = stripBlankLines(clean(text));
        if (!cleaned.isBlank()) {
            int kept = cut(cleaned, 0);
            emit(new Block.Code(cleaned.substring(0, kept), page), kept);
            continuation(cleaned.substring(kept));
        }
    }

    /** Goes on with the last block. */
    void continuation(String text) {
        String cleaned = clean(text);
        for (int from = 0; from < cleaned.length(); ) {
            int to = cut(cleaned, from);
            emit(new Block.Continuation(cleaned.substring(from, to), page), to - from);
            from = to;
        }
    }

    void tableStart(String caption) {
        String line = clean(caption).replace('\n', ' ').strip();
        emit(new Block.TableStart(line.substring(0, Math.min(line.length(), Block.MAX_TEXT)), page), 0);
    }

    /** Writes a row, unless all of its cells are blank; one that is too long comes as several. */
    void row(List<String> cells, RowKind kind) {
        List<String> cleaned = new ArrayList<>(cells.size());
        long length = 0;
        for (String cell : cells) {
            String text = clean(cell).replace('\n', ' ').strip();
            while (length + text.length() > Block.MAX_ROW) {
                int fits = (int) (Block.MAX_ROW - length);
                int cut = safeCut(text, 0, fits);
                cleaned.add(text.substring(0, cut));
                emitRow(cleaned, kind);
                cleaned.clear();
                length = 0;
                text = text.substring(cut);
            }
            cleaned.add(text);
            length += text.length();
        }
        emitRow(cleaned, kind);
    }

    private void emitRow(List<String> cells, RowKind kind) {
        int last = cells.size();
        while (last > 0 && cells.get(last - 1).isEmpty()) {
            last--;
        }
        if (last > 0) {
            List<String> kept = cells.subList(0, last);
            emit(
                    new Block.TableRow(kept, kind, page),
                    kept.stream().mapToLong(String::length).sum());
        }
    }

    void tableEnd() {
        emit(new Block.TableEnd(page), 0);
    }

    void warn(ExtractionWarning.Kind kind, String text) {
        facts.warn(kind, text);
    }

    private void emit(Block block, long length) {
        throwIfHalted();
        if (characters + length > limits.maxCharacters()) {
            warn(
                    ExtractionWarning.Kind.CUT_OFF,
                    "Only the first " + characters + " characters were read; the limit is " + limits.maxCharacters());
            halt(ExtractionStatus.PARTLY_READ, "has more text than is read", "Split it, or raise the limit");
        }
        characters += length;
        if (characters > FREE_CHARACTERS && characters / limits.maxRatio() > bytes) {
            halt(
                    ExtractionStatus.TOO_LARGE,
                    "of " + bytes + " bytes unpacks to more than " + limits.maxRatio() + " times its size",
                    "Check where it comes from: ordinary documents don't do that");
        }
        if (!begun) {
            begun = true;
            feed.begin(facts.metadata("und"));
        }
        feed.accept(block);
    }

    private void halt(ExtractionStatus status, String what, String mend) {
        stop = new ExtractionStop(status, what, mend);
        throw stop;
    }

    /** Unix line ends, no control characters, no halves of surrogate pairs. */
    private String clean(String text) {
        String cleaned = TextCleaning.clean(text);
        hidden.count(cleaned);
        if (sample.length() < LanguageSample.LENGTH) {
            sample.append(cleaned, 0, Math.min(cleaned.length(), LanguageSample.LENGTH - sample.length()))
                    .append('\n');
        }
        return cleaned;
    }

    private static String stripBlankLines(String text) {
        int from = 0;
        for (int i = 0; i < text.length() && Character.isWhitespace(text.charAt(i)); i++) {
            if (text.charAt(i) == '\n') {
                from = i + 1;
            }
        }
        return text.substring(from).stripTrailing();
    }

    private static int cut(String text, int from) {
        return safeCut(text, from, Math.min(text.length(), from + Block.MAX_TEXT));
    }

    /** A place to cut at or just before {@code to} that is not within a pair of surrogates. */
    private static int safeCut(String text, int from, int to) {
        boolean within = to > from + 1
                && to < text.length()
                && Character.isHighSurrogate(text.charAt(to - 1))
                && Character.isLowSurrogate(text.charAt(to));
        return within ? to - 1 : to;
    }
}
