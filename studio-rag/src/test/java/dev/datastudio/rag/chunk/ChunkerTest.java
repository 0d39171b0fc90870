package dev.datastudio.rag.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.rag.extract.Block;
import dev.datastudio.rag.extract.Block.RowKind;
import dev.datastudio.rag.extract.DocumentExtractor;
import dev.datastudio.rag.extract.DocumentMetadata;
import dev.datastudio.rag.extract.DocumentMetadata.PageKind;
import dev.datastudio.rag.extract.DocumentSource;
import dev.datastudio.rag.extract.ExtractionLimits;
import dev.datastudio.rag.extract.InProcessExtractor;
import dev.datastudio.testkit.OutsideData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkerTest {
    private static final TokenCounter WORDS =
            text -> text.isBlank() ? 0 : text.strip().split("\\s+").length;
    private static final ChunkOptions SMALL = new ChunkOptions(20, 6, 8, 4);

    private final KeptText text = new KeptText();
    private final List<Chunk> chunks = new ArrayList<>();

    /** The text of a document in memory. */
    private static final class KeptText implements TextSink {
        private final StringBuilder text = new StringBuilder();
        private final List<String> pages = new ArrayList<>();

        @Override
        public void append(String more) {
            text.append(more);
        }

        @Override
        public void startPage(int page) {
            pages.add(page + "@" + text.length());
        }
    }

    private void chunk(ChunkOptions options, String title, List<Block> blocks) {
        Chunker chunker = Chunker.of(options, WORDS, text, chunks::add);
        chunker.begin(new DocumentMetadata("text/plain", title, "", "en", PageKind.PAGE, 0));
        blocks.forEach(chunker::accept);
        chunker.finish();
    }

    private List<String> texts() {
        return chunks.stream().map(Chunk::text).toList();
    }

    private static Block paragraph(String text) {
        return new Block.Paragraph(text, 1);
    }

    @Test
    void keepsASmallDocumentTogether() {
        chunk(
                SMALL,
                "Title",
                List.of(
                        new Block.Heading("Head", 1, 1),
                        paragraph("One sentence."),
                        new Block.ListItem("a", 1, 1),
                        new Block.ListItem("b", 1, 2)));

        assertEquals(List.of("Head\n\nOne sentence.\n\na\nb"), texts());
        assertEquals("Title", chunks.get(0).context());
        assertEquals(List.of("Head"), chunks.get(0).headings());
        assertEquals(1, chunks.get(0).pageFrom());
        assertEquals(2, chunks.get(0).pageTo());
        assertEquals(List.of("1@0", "2@23"), text.pages);
    }

    @Test
    void cutsBetweenSentencesAndRepeatsTheLastOnes() {
        chunk(
                SMALL,
                "",
                List.of(paragraph("One two three four five. Six seven eight nine ten. A b c d e. F g h i j. K l m.")));

        assertEquals(
                List.of(
                        "One two three four five. Six seven eight nine ten. A b c d e. F g h i j.",
                        "F g h i j. K l m."),
                texts());
    }

    @Test
    void beginsAChunkAtAHeadingAndPutsTheOnesAboveIntoTheContext() {
        chunk(
                SMALL,
                "Book",
                List.of(
                        new Block.Heading("Part", 1, 1),
                        new Block.Heading("First", 2, 1),
                        paragraph("Words of the first section stand here."),
                        new Block.Heading("Second", 2, 1),
                        paragraph("Words of the second section stand here."),
                        new Block.Heading("Next part", 1, 2),
                        paragraph("End.")));

        assertEquals(
                List.of(
                        "Part\n\nFirst\n\nWords of the first section stand here.",
                        "Second\n\nWords of the second section stand here.",
                        "Next part\n\nEnd."),
                texts());
        assertEquals("Book\nPart", chunks.get(1).context());
        assertEquals(List.of("Part", "Second"), chunks.get(1).headings());
        assertEquals(
                "Book\nPart\n\nSecond\n\nWords of the second section stand here.",
                chunks.get(1).textWithContext());
        assertEquals(List.of("Next part"), chunks.get(2).headings());
    }

    @Test
    void putsSmallSectionsTogetherUnderWhatTheyHaveInCommon() {
        chunk(
                new ChunkOptions(20, 6, 8, 10),
                "",
                List.of(
                        new Block.Heading("Part", 1, 1),
                        new Block.Heading("A", 2, 1),
                        paragraph("x."),
                        new Block.Heading("B", 2, 1),
                        paragraph("y.")));

        assertEquals(List.of("Part\n\nA\n\nx.\n\nB\n\ny."), texts());
        assertEquals(List.of("Part"), chunks.get(0).headings());
    }

    @Test
    void neverLeavesAHeadingAtTheEndOfAChunk() {
        chunk(
                SMALL,
                "",
                List.of(
                        paragraph("One two three four five six seven eight nine ten eleven twelve."),
                        new Block.Heading("Head of what follows", 2, 1),
                        paragraph("A b c d e f g h i j k l.")));

        assertEquals("Head of what follows\n\nA b c d e f g h i j k l.", texts().get(1));
    }

    @Test
    void keepsATableWholeWhereItFits() {
        chunk(
                SMALL,
                "",
                List.of(
                        paragraph("One two three four five six seven eight nine ten. Eleven twelve."),
                        new Block.TableStart("Caption", 1),
                        new Block.TableRow(List.of("a", "b"), RowKind.HEADER, 1),
                        new Block.TableRow(List.of("1", "2"), RowKind.BODY, 1),
                        new Block.TableRow(List.of("3", "4"), RowKind.BODY, 1),
                        new Block.TableEnd(1)));

        assertEquals("a | b\n1 | 2\n3 | 4", texts().get(1));
        assertEquals("", chunks.get(1).tableHeader());
    }

    @Test
    void cutsALongTableBetweenRowsAndCarriesItsHeader() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.TableStart("", 1));
        blocks.add(new Block.TableRow(List.of("name", "units"), RowKind.HEADER, 1));
        for (int i = 0; i < 12; i++) {
            blocks.add(new Block.TableRow(List.of("n" + i, "" + i), RowKind.BODY, 1));
        }
        blocks.add(new Block.TableEnd(1));

        chunk(SMALL, "", blocks);

        assertEquals(
                List.of(
                        "name | units\nn0 | 0\nn1 | 1\nn2 | 2\nn3 | 3\nn4 | 4",
                        "n5 | 5\nn6 | 6\nn7 | 7\nn8 | 8\nn9 | 9",
                        "n10 | 10\nn11 | 11"),
                texts());
        assertEquals(
                List.of("", "name | units", "name | units"),
                chunks.stream().map(Chunk::tableHeader).toList());
        assertEquals("name | units\n\nn10 | 10\nn11 | 11", chunks.get(2).textWithContext());
    }

    @Test
    void cutsALongSentenceAtWordsAndALongWordAtCharacters() {
        TokenCounter letters =
                text -> (int) text.chars().filter(Character::isLetter).count();
        Chunker chunker = Chunker.of(new ChunkOptions(16, 0, 0, 0), letters, text, chunks::add);
        chunker.accept(paragraph("aaaa bbbb cccc dddd eeee ffffffffffffffffffffffffffffffffffff gg 𐌲𐌿𐍄𐌹𐍃𐌺"));
        chunker.finish();

        assertTrue(chunks.stream().allMatch(chunk -> letters.count(chunk.text()) <= 16), () -> "" + texts());
        assertEquals("aaaa bbbb cccc dddd", texts().get(0));
        assertCovered();
    }

    @Test
    void goesOnWithAParagraphOverAPageEnd() {
        chunk(
                SMALL,
                "",
                List.of(
                        paragraph("A sentence that"),
                        new Block.Continuation(" goes on.", 2),
                        new Block.Paragraph("New.", 2)));

        assertEquals(List.of("A sentence that goes on.\n\nNew."), texts());
        assertEquals(List.of("1@0", "2@15"), text.pages);
        assertEquals(1, chunks.get(0).pageFrom());
        assertEquals(2, chunks.get(0).pageTo());
    }

    @Test
    void tellsTheLanguageOfEachChunk() {
        chunk(
                new ChunkOptions(24, 0, 0, 0),
                "",
                List.of(
                        paragraph("The committee decided that it would not be raised for the next year at all."),
                        new Block.Heading("Zwei", 1, 1),
                        paragraph(
                                "Die Sitzung wurde vertagt, weil nicht alle Mitglieder anwesend waren und es spät war."),
                        new Block.Heading("3", 1, 1),
                        paragraph("42")));

        assertEquals(
                List.of("en", "de", "de"), chunks.stream().map(Chunk::language).toList());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void coversEveryDocumentWithSpansThatFit(long seed) {
        for (int round = 0; round < 25; round++) {
            text.text.setLength(0);
            chunks.clear();
            Random random = new Random(seed * 1000 + round);
            int max = 16 + random.nextInt(40);
            ChunkOptions options =
                    new ChunkOptions(max, random.nextInt(max / 2), random.nextInt(max / 2), random.nextInt(max));
            chunk(options, random.nextBoolean() ? words(random, 4) : "", randomBlocks(random));

            assertCovered();
            for (Chunk chunk : chunks) {
                int tokens = WORDS.count(chunk.textWithContext());
                assertTrue(tokens <= max, () -> "seed " + seed + ": " + tokens + " > " + max + ": " + chunk);
            }
        }
    }

    private void assertCovered() {
        BitSet covered = new BitSet();
        int ordinal = 0;
        long last = -1;
        for (Chunk chunk : chunks) {
            assertEquals(text.text.substring((int) chunk.from(), (int) chunk.to()), chunk.text());
            assertEquals(ordinal++, chunk.ordinal());
            assertTrue(chunk.from() > last, "chunks go on");
            last = chunk.from();
            covered.set((int) chunk.from(), (int) chunk.to());
        }
        for (int i = covered.nextClearBit(0); i < text.text.length(); i = covered.nextClearBit(i + 1)) {
            assertTrue(Character.isWhitespace(text.text.charAt(i)), "lost '" + text.text.charAt(i) + "' at " + i);
        }
    }

    private static List<Block> randomBlocks(Random random) {
        List<Block> blocks = new ArrayList<>();
        int page = 1;
        for (int i = random.nextInt(30); i >= 0; i--) {
            page += random.nextInt(3) / 2;
            switch (random.nextInt(7)) {
                case 0 -> blocks.add(new Block.Heading(words(random, 5), 1 + random.nextInt(4), page));
                case 1 -> blocks.add(new Block.ListItem(words(random, 12), 1 + random.nextInt(3), page));
                case 2 -> blocks.add(new Block.Code(words(random, 9) + "\n\n" + words(random, 60), page));
                case 3 -> table(random, page, blocks);
                case 4 -> {
                    blocks.add(new Block.Paragraph(words(random, 20), page));
                    blocks.add(new Block.Continuation(" " + words(random, 30), page + 1));
                }
                default -> blocks.add(new Block.Paragraph(words(random, 80), page));
            }
        }
        return blocks;
    }

    private static void table(Random random, int page, List<Block> blocks) {
        blocks.add(new Block.TableStart(random.nextBoolean() ? words(random, 6) : "", page));
        boolean header = random.nextBoolean();
        for (int row = random.nextInt(12); row >= 0; row--) {
            blocks.add(new Block.TableRow(
                    List.of(words(random, 3), "", words(random, row == 3 ? 60 : 4)),
                    header ? RowKind.HEADER : RowKind.BODY,
                    page));
            header = false;
        }
        blocks.add(new Block.TableEnd(page));
    }

    private static String words(Random random, int most) {
        StringBuilder words = new StringBuilder();
        for (int i = random.nextInt(most); i >= 0; i--) {
            String word = new String[] {
                        "alpha", "Beta.", "gamma?", "δ", "漢字", "x".repeat(30), "D. Smith", "3.5", "\n", "  "
                    }
                    [random.nextInt(10)];
            words.append(words.isEmpty() && word.isBlank() ? "w" : word).append(' ');
        }
        return words.toString().stripTrailing();
    }

    @Test
    void findsWordsOfAPageOnThatPage(@TempDir Path folder) throws IOException {
        Path pdf = OutsideData.require("data/docs/good/GeoTopo-komprimiert.pdf");
        Path file = folder.resolve("text");
        try (DocumentExtractor extractor = InProcessExtractor.open();
                DocumentTextWriter writer = DocumentTextWriter.create(file)) {
            Chunker chunker = Chunker.of(ChunkOptions.DEFAULTS, TokenCounter.estimate(), writer, chunks::add);
            extractor.extract(DocumentSource.of(pdf), ExtractionLimits.DEFAULTS, chunker, Cancellation.none());
            chunker.finish();
            writer.finish();
        }

        try (DocumentText kept = DocumentText.open(file)) {
            assertPage(kept, 2, "kostenlos über martin-thoma.com/geotopo verfügbar");
            assertPage(kept, 8, "auch Spurtopologie oder Unterraumtopologie genannt");
            assertPage(kept, 12, "Beispiel 11 (SNCF-Metrik");
            assertPage(kept, 60, "b ∈ X, γ0, γ1 : I → X homotope Wege");
            assertPage(kept, 100, "Hinweis: Die Weingarten-Abbildung wird auch Formoperator genannt.");
            assertPage(kept, 117, "zusammenhängender, 11");
            for (Chunk chunk : chunks) {
                assertEquals(chunk.text(), kept.text(chunk.from(), chunk.to()));
                assertEquals(chunk.pageFrom(), kept.page(chunk.from()));
                assertEquals(chunk.pageTo(), kept.page(chunk.to() - 1));
                int tokens = TokenCounter.estimate().count(chunk.textWithContext());
                assertTrue(tokens <= ChunkOptions.DEFAULTS.maxTokens(), () -> tokens + ": " + chunk);
            }
        }
        assertTrue(
                chunks.stream().filter(chunk -> chunk.language().equals("de")).count() > chunks.size() * 0.9);
    }

    private static void assertPage(DocumentText text, int page, String words) {
        long at = text.text(0, text.length()).indexOf(words);
        assertTrue(at >= 0, () -> "'" + words + "' is not in the text");
        assertEquals(page, text.page(at), words);
    }

    @Test
    void holdsLittleOfALargeDocument() throws IOException {
        AtomicLong written = new AtomicLong();
        AtomicLong count = new AtomicLong();
        TextSink sink = new TextSink() {
            @Override
            public void append(String more) {
                written.addAndGet(more.length());
            }

            @Override
            public void startPage(int page) {}
        };
        AtomicLong furthest = new AtomicLong();
        Chunker chunker = Chunker.of(ChunkOptions.DEFAULTS, TokenCounter.estimate(), sink, chunk -> {
            count.incrementAndGet();
            furthest.accumulateAndGet(written.get() - chunk.to(), Math::max);
        });
        String piece = " The quick brown fox jumps over the lazy dog.".repeat(300);
        chunker.accept(paragraph("Start."));
        for (int i = 0; i < 300; i++) {
            chunker.accept(new Block.Continuation(piece, 1));
        }
        chunker.finish();

        assertTrue(count.get() > 1_000, () -> "" + count);
        assertTrue(furthest.get() < 200_000, () -> "a chunk came " + furthest + " characters after its text");
    }

    @Test
    void hasNoChunkForADocumentWithoutText() {
        chunk(SMALL, "Title", List.of());

        assertEquals(List.of(), chunks);
        assertFalse(text.text.length() > 0);
    }

    @Test
    void leavesNothingBehindWhenATextIsNotFinished(@TempDir Path folder) throws IOException {
        try (DocumentTextWriter writer = DocumentTextWriter.create(folder.resolve("text"))) {
            writer.append("half");
        }

        try (var left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }
}
