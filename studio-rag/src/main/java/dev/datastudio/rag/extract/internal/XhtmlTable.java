package dev.datastudio.rag.extract.internal;

import dev.datastudio.rag.extract.Block;
import dev.datastudio.rag.extract.Block.RowKind;
import java.util.ArrayList;
import java.util.List;

/** Puts the rows of a table together. A table within a cell is text of that cell. Not thread-safe. */
final class XhtmlTable {
    private final BlockWriter writer;
    private final List<String> cells = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private TableHeaders headers = new TableHeaders();
    private int depth;
    private boolean begun;
    private boolean inCell;
    private int headerCells;
    private String caption = "";

    XhtmlTable(BlockWriter writer) {
        this.writer = writer;
    }

    boolean isOpen() {
        return depth > 0;
    }

    void start(String tag) {
        switch (tag) {
            case "table" -> {
                depth++;
                if (depth == 1) {
                    begin();
                }
            }
            case "tr" -> startRow();
            case "td", "th" -> startCell(tag);
            case "br", "p", "div", "li" -> text.append(' ');
            default -> {}
        }
    }

    private void begin() {
        headers = new TableHeaders();
        begun = false;
        caption = "";
        text.setLength(0);
        cells.clear();
    }

    private void startRow() {
        if (depth == 1) {
            cells.clear();
            headerCells = 0;
        }
        text.append(' ');
    }

    private void startCell(String tag) {
        if (depth == 1) {
            inCell = true;
            text.setLength(0);
            headerCells += tag.equals("th") ? 1 : 0;
        } else {
            text.append(' ');
        }
    }

    void text(String more) {
        if (text.length() + more.length() > Block.MAX_ROW && inCell) {
            endCell(); // an endless cell goes on in the next one
            inCell = true;
        }
        text.append(more);
    }

    void end(String tag) {
        switch (tag) {
            case "td", "th" -> {
                if (depth == 1) {
                    endCell();
                }
            }
            case "tr" -> {
                if (depth == 1) {
                    endRow();
                }
            }
            case "caption" -> {
                caption = XhtmlBlocks.collapse(text);
                text.setLength(0);
            }
            case "table" -> {
                depth--;
                if (depth == 0) {
                    endRow();
                    finish();
                }
            }
            case "p", "div", "li" -> text.append(' ');
            default -> {}
        }
    }

    private void endCell() {
        cells.add(XhtmlBlocks.collapse(text).replace('\n', ' '));
        text.setLength(0);
        inCell = false;
    }

    private void endRow() {
        if (cells.stream().allMatch(String::isBlank)) {
            cells.clear();
            return;
        }
        if (!begun) {
            begun = true;
            writer.tableStart(caption);
        }
        boolean marked = headerCells > 0 && headerCells == cells.size();
        RowKind guessed = headers.kindOf(cells);
        writer.row(cells, marked ? RowKind.HEADER : guessed);
        cells.clear();
    }

    private void finish() {
        if (begun) {
            writer.tableEnd();
        }
        begun = false;
    }
}
