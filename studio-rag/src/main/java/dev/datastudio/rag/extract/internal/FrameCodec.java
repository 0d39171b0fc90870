package dev.datastudio.rag.extract.internal;

import dev.datastudio.rag.extract.Block;
import dev.datastudio.rag.extract.DocumentMetadata;
import dev.datastudio.rag.extract.DocumentMetadata.PageKind;
import dev.datastudio.rag.extract.Extraction;
import dev.datastudio.rag.extract.ExtractionLimits;
import dev.datastudio.rag.extract.ExtractionStatus;
import dev.datastudio.rag.extract.ExtractionWarning;
import dev.datastudio.rag.extract.internal.Frame.ProtocolException;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How the values that pass between the two processes are written. */
final class FrameCodec {
    /** What a file is to be read with. */
    record Request(String file, String name, ExtractionLimits limits) {}

    private FrameCodec() {}

    static void write(Request request, DataOutputStream out) throws IOException {
        ExtractionLimits limits = request.limits();
        new Frame.Writer(Frame.REQUEST)
                .text(request.file())
                .text(request.name())
                .number(limits.maxBytes())
                .number(limits.maxCharacters())
                .integer(limits.maxRatio())
                .integer(limits.maxDepth())
                .integer(limits.maxEmbedded())
                .number(limits.maxTime().toNanos())
                .to(out);
    }

    static Request request(Frame frame) throws IOException {
        Request request = new Request(
                frame.expect(Frame.REQUEST).text(),
                frame.text(),
                new ExtractionLimits(
                        frame.number(),
                        frame.number(),
                        frame.integer(),
                        frame.integer(),
                        frame.integer(),
                        Duration.ofNanos(frame.number())));
        frame.end();
        return request;
    }

    static void write(DocumentMetadata metadata, DataOutputStream out) throws IOException {
        put(new Frame.Writer(Frame.METADATA), metadata).to(out);
    }

    private static Frame.Writer put(Frame.Writer writer, DocumentMetadata metadata) throws IOException {
        return writer.text(metadata.contentType())
                .text(metadata.title())
                .text(metadata.author())
                .text(metadata.language())
                .text(metadata.pageKind().name())
                .integer(metadata.pageCount());
    }

    /** The metadata at the place the frame is at. */
    static DocumentMetadata metadata(Frame frame) throws ProtocolException {
        try {
            return new DocumentMetadata(
                    frame.text(),
                    frame.text(),
                    frame.text(),
                    frame.text(),
                    frame.constant(PageKind.class),
                    frame.integer());
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("Metadata break a rule: " + e.getMessage());
        }
    }

    static void write(Block block, DataOutputStream out) throws IOException {
        Frame.Writer writer = new Frame.Writer(Frame.BLOCK);
        BlockKind kind = BlockKind.of(block);
        writer.text(kind.name()).integer(block.page());
        if (block instanceof Block.TableRow row) {
            writer.text(row.kind().name()).integer(row.cells().size());
            for (String cell : row.cells()) {
                writer.text(cell);
            }
        } else if (block instanceof Block.Text text) {
            writer.text(text.text()).integer(level(block));
        } else if (block instanceof Block.TableStart start) {
            writer.text(start.caption());
        }
        writer.to(out);
    }

    private static int level(Block block) {
        if (block instanceof Block.Heading heading) {
            return heading.level();
        }
        return block instanceof Block.ListItem item ? item.depth() : 0;
    }

    private enum BlockKind {
        HEADING,
        PARAGRAPH,
        LIST_ITEM,
        CODE,
        CONTINUATION,
        TABLE_START,
        TABLE_ROW,
        TABLE_END;

        static BlockKind of(Block block) {
            if (block instanceof Block.Heading) {
                return HEADING;
            } else if (block instanceof Block.Paragraph) {
                return PARAGRAPH;
            } else if (block instanceof Block.ListItem) {
                return LIST_ITEM;
            } else if (block instanceof Block.Code) {
                return CODE;
            } else if (block instanceof Block.Continuation) {
                return CONTINUATION;
            } else if (block instanceof Block.TableStart) {
                return TABLE_START;
            } else if (block instanceof Block.TableRow) {
                return TABLE_ROW;
            } else if (block instanceof Block.TableEnd) {
                return TABLE_END;
            }
            throw new AssertionError(block);
        }
    }

    static Block block(Frame frame) throws ProtocolException {
        BlockKind kind = frame.constant(BlockKind.class);
        int page = frame.integer();
        try {
            Block block = switch (kind) {
                case TABLE_ROW -> row(frame, page);
                case TABLE_START -> new Block.TableStart(frame.text(), page);
                case TABLE_END -> new Block.TableEnd(page);
                default -> text(kind, frame.text(), frame.integer(), page);
            };
            frame.end();
            return block;
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("A block breaks a rule: " + e.getMessage());
        }
    }

    private static Block text(BlockKind kind, String text, int level, int page) {
        return switch (kind) {
            case HEADING -> new Block.Heading(text, level, page);
            case PARAGRAPH -> new Block.Paragraph(text, page);
            case LIST_ITEM -> new Block.ListItem(text, level, page);
            case CODE -> new Block.Code(text, page);
            case CONTINUATION -> new Block.Continuation(text, page);
            default -> throw new AssertionError(kind);
        };
    }

    private static Block row(Frame frame, int page) throws ProtocolException {
        Block.RowKind kind = frame.constant(Block.RowKind.class);
        int count = frame.count();
        List<String> cells = new ArrayList<>(Math.min(count, 1024));
        for (int i = 0; i < count; i++) {
            cells.add(frame.text());
        }
        return new Block.TableRow(cells, kind, page);
    }

    static void write(Extraction result, DataOutputStream out) throws IOException {
        Frame.Writer writer = put(new Frame.Writer(Frame.RESULT), result.metadata());
        writer.text(result.status().name())
                .number(result.characters())
                .integer(result.embedded())
                .text(result.reason())
                .text(result.mend())
                .integer(result.warnings().size());
        for (ExtractionWarning warning : result.warnings()) {
            writer.text(warning.kind().name()).text(warning.text());
        }
        writer.to(out);
    }

    static Extraction result(Frame frame) throws ProtocolException {
        DocumentMetadata metadata = metadata(frame);
        ExtractionStatus status = frame.constant(ExtractionStatus.class);
        long characters = frame.number();
        int embedded = frame.integer();
        String reason = frame.text();
        String mend = frame.text();
        List<ExtractionWarning> warnings = new ArrayList<>();
        int count = frame.count();
        for (int i = 0; i < count; i++) {
            warnings.add(new ExtractionWarning(frame.constant(ExtractionWarning.Kind.class), frame.text()));
        }
        frame.end();
        try {
            return new Extraction(status, metadata, characters, embedded, reason, mend, warnings);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("A result breaks a rule: " + e.getMessage());
        }
    }
}
