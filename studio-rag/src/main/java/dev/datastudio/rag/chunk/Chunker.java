package dev.datastudio.rag.chunk;

import dev.datastudio.rag.chunk.Unit.Kind;
import dev.datastudio.rag.extract.Block;
import dev.datastudio.rag.extract.DocumentMetadata;
import dev.datastudio.rag.extract.DocumentSink;
import dev.datastudio.rag.extract.LanguageDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Cuts a document into chunks while it is read, and writes its text down. Memory does not grow with the document. Not
 * thread-safe; use one per document, and call {@link #finish()} at its end.
 *
 * <p>The text of a document: blocks parted by a blank line, items of a list and rows of a table by a line end, cells of a
 * row by {@code " | "}. Every chunk is a span of it, and every character that is no white space is in a chunk.
 *
 * <p>Chunks end at headings and between sentences. A table stays whole where it fits into a chunk; else it is cut between
 * rows, and the chunks after the first carry its header in {@link Chunk#tableHeader()}. A sentence that is longer than a
 * chunk is cut between words, a word that is longer between characters. Where a section had to be cut, the next chunk
 * repeats the last sentences of the one before.
 */
public final class Chunker implements DocumentSink {
    private static final int MAX_PENDING = 64 * 1024;
    private static final int LANGUAGE_SAMPLE = 400;

    private final TextWindow window;
    private final ChunkAssembler assembler;
    private final UnitSplitter splitter;
    private final int maxUnitTokens;
    private final List<Section> path = new ArrayList<>();
    private final List<Unit> table = new ArrayList<>();
    private final StringBuilder pending = new StringBuilder();
    private Unit.Kind pendingKind = Kind.TEXT;
    private long pendingFrom;
    private boolean linesAreUnits;
    private boolean wasListItem;
    private boolean wasRow;
    private boolean tableFits;
    private int tableTokens;
    private String tableHeader = "";
    private boolean languageKnown;

    /** A heading that is in force. */
    private record Section(int level, String heading) {}

    private Chunker(ChunkOptions options, TokenCounter counter, TextSink text, Consumer<Chunk> out) {
        this.window = new TextWindow(text);
        this.assembler = new ChunkAssembler(options, counter, window, out);
        this.maxUnitTokens = options.maxTokens() - options.maxContextTokens();
        this.splitter = new UnitSplitter(counter, maxUnitTokens);
    }

    /**
     * A chunker for one document.
     *
     * @param counter of the model that embeds the chunks
     * @param text takes the text of the document, before the chunks that are spans of it
     * @param out takes the chunks, in order
     */
    public static Chunker of(ChunkOptions options, TokenCounter counter, TextSink text, Consumer<Chunk> out) {
        return new Chunker(
                Objects.requireNonNull(options, "options"),
                Objects.requireNonNull(counter, "counter"),
                Objects.requireNonNull(text, "text"),
                Objects.requireNonNull(out, "out"));
    }

    @Override
    public void begin(DocumentMetadata metadata) {
        assembler.title(metadata.title());
        if (!metadata.language().equals(DocumentMetadata.UNDETERMINED)) {
            language(metadata.language());
        }
    }

    private void language(String tag) {
        languageKnown = true;
        splitter.language(tag);
        assembler.language(tag);
    }

    @Override
    public void accept(Block block) {
        if (block instanceof Block.Continuation continuation) {
            goOn(continuation);
        } else {
            endText();
            start(block);
        }
        window.forget(Math.min(assembler.neededFrom(window.end()), neededByTable()));
    }

    private long neededByTable() {
        long from = table.isEmpty() ? window.end() : table.get(0).from();
        return pending.isEmpty() ? from : Math.min(from, pendingFrom);
    }

    private void start(Block block) {
        if (block instanceof Block.Heading heading) {
            heading(heading);
        } else if (block instanceof Block.Text text) {
            boolean item = block instanceof Block.ListItem;
            place(item && wasListItem ? "\n" : "\n\n", text.text(), text.page());
            open(text.text(), block instanceof Block.Code);
            wasListItem = item;
        } else if (block instanceof Block.TableStart start) {
            tableStart(start);
        } else if (block instanceof Block.TableRow row) {
            row(row);
        } else if (block instanceof Block.TableEnd) {
            tableEnd();
        } else {
            throw new AssertionError(block);
        }
    }

    /** Appends text behind what is there; gives where it begins. */
    private void place(String separator, String text, int page) {
        if (window.end() > 0) {
            window.append(separator);
        }
        window.page(page);
        window.append(text);
        wasListItem = false;
    }

    private void open(String text, boolean lines) {
        pending.append(text);
        pendingFrom = window.end() - text.length();
        pendingKind = Kind.TEXT;
        linesAreUnits = lines;
    }

    private void goOn(Block.Continuation continuation) {
        window.page(continuation.page());
        if (pending.isEmpty()) {
            pendingFrom = window.end();
        }
        window.append(continuation.text());
        pending.append(continuation.text());
        if (pending.length() > MAX_PENDING) {
            flushMost();
        }
    }

    /** Cuts what is pending, but keeps the last sentence, which may go on. */
    private void flushMost() {
        String text = pending.toString();
        int end = linesAreUnits ? text.lastIndexOf('\n') + 1 : splitter.lastSentence(text);
        if (end <= 0 || text.length() - end > MAX_PENDING / 2) {
            end = text.lastIndexOf(' ') + 1;
        }
        if (end <= 0) {
            end = text.length();
        }
        units(text.substring(0, end), pendingFrom);
        pending.delete(0, end);
        pendingFrom += end;
    }

    private void endText() {
        if (!pending.isEmpty()) {
            units(pending.toString(), pendingFrom);
            pending.setLength(0);
        }
    }

    private void units(String text, long from) {
        if (!languageKnown && text.length() >= LANGUAGE_SAMPLE) {
            language(LanguageDetector.detect(text));
        }
        for (UnitSplitter.Piece piece : linesAreUnits ? lines(text) : splitter.sentences(text)) {
            assembler.add(unit(pendingKind, from + piece.from(), from + piece.to(), piece.tokens(), 0, ""));
        }
    }

    private List<UnitSplitter.Piece> lines(String text) {
        List<UnitSplitter.Piece> pieces = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end;
            for (UnitSplitter.Piece piece : splitter.whole(text.substring(from, to))) {
                pieces.add(new UnitSplitter.Piece(from + piece.from(), from + piece.to(), piece.tokens()));
            }
            from = to + 1;
        }
        return pieces;
    }

    private Unit unit(Kind kind, long from, long to, int tokens, int level, String header) {
        return new Unit(kind, from, to, tokens, level, headings(), header);
    }

    private List<String> headings() {
        return path.stream().map(Section::heading).toList();
    }

    private void heading(Block.Heading heading) {
        place("\n\n", heading.text(), heading.page());
        path.removeIf(section -> section.level() >= heading.level());
        path.add(new Section(heading.level(), heading.text()));
        long from = window.end() - heading.text().length();
        boolean first = true;
        for (UnitSplitter.Piece piece : splitter.whole(heading.text())) {
            assembler.add(unit(
                    first ? Kind.HEADING : Kind.TEXT,
                    from + piece.from(),
                    from + piece.to(),
                    piece.tokens(),
                    first ? heading.level() : 0,
                    ""));
            first = false;
        }
        linesAreUnits = false;
    }

    private void tableStart(Block.TableStart start) {
        if (!start.caption().isBlank()) {
            place("\n\n", start.caption(), start.page());
            open(start.caption(), false);
            endText();
        }
        wasRow = false;
        tableFits = true;
        tableTokens = 0;
        tableHeader = "";
    }

    private void row(Block.TableRow row) {
        String text = String.join(" | ", row.cells()).strip();
        if (text.isEmpty()) {
            return;
        }
        place(wasRow ? "\n" : "\n\n", text, row.page());
        wasRow = true;
        long from = window.end() - text.length();
        for (UnitSplitter.Piece piece : splitter.whole(text)) {
            Unit unit = unit(Kind.ROW, from + piece.from(), from + piece.to(), piece.tokens(), 0, tableHeader);
            tableTokens += piece.tokens();
            table.add(unit);
        }
        if (row.kind() == Block.RowKind.HEADER && tableHeader.isEmpty()) {
            tableHeader = text;
        }
        if (tableTokens > maxUnitTokens) {
            tableFits = false;
        }
        if (!tableFits) {
            table.forEach(assembler::add);
            table.clear();
        }
    }

    private void tableEnd() {
        if (!table.isEmpty()) {
            assembler.addTogether(table);
            table.clear();
        }
        wasRow = false;
    }

    /** Cuts what is left. Does nothing when called again. */
    public void finish() {
        endText();
        tableEnd();
        assembler.finish();
    }
}
