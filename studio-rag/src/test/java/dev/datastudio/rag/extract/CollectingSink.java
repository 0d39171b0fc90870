package dev.datastudio.rag.extract;

import java.util.ArrayList;
import java.util.List;

/** Keeps what it is told. */
final class CollectingSink implements DocumentSink {
    private final List<DocumentMetadata> begun = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();

    @Override
    public void begin(DocumentMetadata metadata) {
        begun.add(metadata);
    }

    @Override
    public void accept(Block block) {
        blocks.add(block);
    }

    List<DocumentMetadata> begun() {
        return begun;
    }

    List<Block> blocks() {
        return blocks;
    }

    /** All text, a line each block. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Block block : blocks) {
            if (block instanceof Block.Continuation continuation) {
                text.append(continuation.text());
            } else if (block instanceof Block.Text part) {
                text.append('\n').append(part.text());
            } else if (block instanceof Block.TableRow row) {
                text.append('\n').append(String.join(" | ", row.cells()));
            }
        }
        return text.toString();
    }

    /** The text of the blocks of a page. */
    String page(int page) {
        CollectingSink some = new CollectingSink();
        blocks.stream().filter(block -> block.page() == page).forEach(some::accept);
        return some.text();
    }
}
