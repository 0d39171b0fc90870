package dev.datastudio.rag.extract;

import static dev.datastudio.rag.extract.ExtractionStatus.EMPTY;
import static dev.datastudio.rag.extract.ExtractionStatus.ENCRYPTED;
import static dev.datastudio.rag.extract.ExtractionStatus.MALFORMED;
import static dev.datastudio.rag.extract.ExtractionStatus.PARTLY_READ;
import static dev.datastudio.rag.extract.ExtractionStatus.READ;
import static dev.datastudio.rag.extract.ExtractionStatus.TIMED_OUT;
import static dev.datastudio.rag.extract.ExtractionStatus.TOO_LARGE;
import static dev.datastudio.rag.extract.ExtractionStatus.UNSUPPORTED;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.rag.extract.Block.RowKind;
import dev.datastudio.rag.extract.DocumentMetadata.PageKind;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link DocumentExtractor} does. */
abstract class DocumentExtractorContract {
    private static final ExtractionLimits LIMITS = ExtractionLimits.DEFAULTS;

    @TempDir
    private Path folder;

    private Fixtures fixtures;
    private final CollectingSink sink = new CollectingSink();

    /** One that is shared by the tests of a class; starting one may be slow. */
    protected abstract DocumentExtractor extractor();

    @BeforeEach
    void prepare() {
        fixtures = new Fixtures(folder);
    }

    private Extraction read(Path file) {
        return read(file, LIMITS);
    }

    private Extraction read(Path file, ExtractionLimits limits) {
        return extractor().extract(DocumentSource.of(file), limits, sink, Cancellation.none());
    }

    @Test
    void readsWordWithHeadingsAndTables() throws IOException {
        Extraction result = read(fixtures.docx());

        assertEquals(READ, result.status(), result::reason);
        assertEquals("Annual report", result.metadata().title());
        assertEquals("Ada Lovelace", result.metadata().author());
        assertEquals("Annual report", sink.begun().get(0).title());
        assertEquals(
                List.of(
                        new Block.Heading("Results", 1, 0),
                        new Block.Paragraph("Revenue grew by three percent.", 0),
                        new Block.Heading("Outlook", 2, 0),
                        new Block.TableStart("", 0),
                        new Block.TableRow(List.of("Region", "Units"), RowKind.HEADER, 0),
                        new Block.TableRow(List.of("North", "12"), RowKind.BODY, 0),
                        new Block.TableEnd(0),
                        new Block.Paragraph("The end.", 0)),
                sink.blocks());
    }

    @Test
    void readsSlidesAsPagesWithTheirTitlesAsHeadings() throws IOException {
        Extraction result = read(fixtures.pptx());

        assertEquals(PageKind.SLIDE, result.metadata().pageKind());
        assertEquals(2, result.metadata().pageCount());
        assertEquals(
                List.of(
                        new Block.Heading("Plan", 1, 1),
                        new Block.ListItem("First point of Plan", 1, 1),
                        new Block.Heading("Costs", 1, 2),
                        new Block.ListItem("First point of Costs", 1, 2)),
                sink.blocks());
    }

    @Test
    void readsSheetsAsPages() throws IOException {
        Extraction result = read(fixtures.xlsx());

        assertEquals(PageKind.SHEET, result.metadata().pageKind());
        assertEquals(2, result.metadata().pageCount());
        assertTrue(sink.blocks().contains(new Block.Heading("South", 1, 2)));
        assertTrue(sink.blocks().contains(new Block.TableRow(List.of("Product", "Units"), RowKind.HEADER, 1)));
        assertTrue(sink.blocks().contains(new Block.TableRow(List.of("Bolt South", "12.5"), RowKind.BODY, 2)));
    }

    @Test
    void readsPdfWithPagesAndHeadingsAndPutsPartedWordsTogether() throws IOException {
        Extraction result = read(fixtures.pdf());

        assertEquals(READ, result.status(), result::reason);
        assertEquals("On engines", result.metadata().title());
        assertEquals(2, result.metadata().pageCount());
        assertEquals(
                List.of(
                        new Block.Heading("Chapter one", 1, 1),
                        new Block.Paragraph("The analytical engine weaves algebraic patterns on page one.", 1),
                        new Block.Heading("Chapter two", 1, 2),
                        new Block.Paragraph("The analytical engine weaves algebraic patterns on page two.", 2)),
                sink.blocks());
    }

    @Test
    void readsHtmlWithoutScriptsAndStyles() throws IOException {
        read(
                fixtures.text(
                        "page.html",
                        "<!doctype html><html lang=de><head><title>Seite</title><style>p{}</style></head><body><script>evil()"
                                + "</script><h2>Kopf</h2><p>Text <b>fett</b>.</p><ul><li>eins<ul><li>tief</li></ul></li>"
                                + "</ul><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table></body></html>"));

        assertEquals(
                List.of(
                        new Block.Heading("Kopf", 2, 0),
                        new Block.Paragraph("Text fett.", 0),
                        new Block.ListItem("eins", 1, 0),
                        new Block.ListItem("tief", 2, 0),
                        new Block.TableStart("", 0),
                        new Block.TableRow(List.of("A", "B"), RowKind.HEADER, 0),
                        new Block.TableRow(List.of("1", "2"), RowKind.BODY, 0),
                        new Block.TableEnd(0)),
                sink.blocks());
        assertEquals("Seite", sink.begun().get(0).title());
    }

    @Test
    void readsMarkdownBlocks() throws IOException {
        Extraction result = read(fixtures.text("notes.md", """
                ---
                title: "From the front"
                author: Me
                ---
                Head
                ====

                A line
                and another.

                - one
                  - two
                3. three

                > quoted

                ```sql
                SELECT 1

                # no heading
                ```

                | a | b |
                |---|:-:|
                | 1 | x \\| y |

                ## Sub ##
                ![p](data:image/png;base64,AAAA)
                """));

        assertEquals("From the front", result.metadata().title());
        assertEquals("Me", result.metadata().author());
        assertEquals(
                List.of(
                        new Block.Code("title: \"From the front\"\nauthor: Me", 0),
                        new Block.Heading("Head", 1, 0),
                        new Block.Paragraph("A line\nand another.", 0),
                        new Block.ListItem("one", 1, 0),
                        new Block.ListItem("two", 2, 0),
                        new Block.ListItem("3. three", 1, 0),
                        new Block.Paragraph("quoted", 0),
                        new Block.Code("SELECT 1\n\n# no heading", 0),
                        new Block.TableStart("", 0),
                        new Block.TableRow(List.of("a", "b"), RowKind.HEADER, 0),
                        new Block.TableRow(List.of("1", "x | y"), RowKind.BODY, 0),
                        new Block.TableEnd(0),
                        new Block.Heading("Sub", 2, 0),
                        new Block.Paragraph("![p](data:image/png;base64,…)", 0)),
                sink.blocks());
    }

    @Test
    void readsDelimitedTextRowByRow() throws IOException {
        read(fixtures.text("t.csv", "name;note\r\nAnn;\"says \"\"hi\"\";\nbye\"\r\n;;\r\nBob;2\r\n"));

        assertEquals(
                List.of(
                        new Block.TableStart("", 0),
                        new Block.TableRow(List.of("name", "note"), RowKind.HEADER, 0),
                        new Block.TableRow(List.of("Ann", "says \"hi\"; bye"), RowKind.BODY, 0),
                        new Block.TableRow(List.of("Bob", "2"), RowKind.BODY, 0),
                        new Block.TableEnd(0)),
                sink.blocks());
    }

    @Test
    void readsBooksLettersAndRichText() throws IOException {
        assertEquals("A small book", read(fixtures.epub()).metadata().title());
        read(fixtures.odt());
        read(fixtures.text("old.rtf", "{\\rtf1\\ansi Plain \\b bold\\b0  words.\\par}"));

        assertEquals(
                List.of(
                        new Block.Heading("First chapter", 1, 0),
                        new Block.Paragraph("It was a dark night.", 0),
                        new Block.Heading("Greeting", 2, 0),
                        new Block.Paragraph("Dear reader.", 0),
                        new Block.Paragraph("Plain bold words.", 0)),
                sink.blocks());
    }

    @Test
    void readsMailWithWhatIsAttached() throws IOException {
        Extraction result = read(fixtures.nestedMail(1));

        assertEquals("level 1", result.metadata().title());
        assertEquals(1, result.embedded());
        assertEquals(
                List.of(
                        new Block.Heading("level 1", 1, 0),
                        new Block.Paragraph("From: a@example.org\nTo: b@example.org", 0),
                        new Block.Paragraph("Text of level 1.", 0),
                        new Block.Heading("inner1.eml", 1, 0),
                        new Block.Heading("level 0", 1, 0),
                        new Block.Paragraph("From: a@example.org\nTo: b@example.org", 0),
                        new Block.Paragraph("The innermost text.", 0)),
                sink.blocks());
    }

    @Test
    void leavesOutDocumentsThatLieTooDeepOrAreTooMany() throws IOException {
        Extraction deep = read(fixtures.nestedMail(5), LIMITS.withMaxDepth(2));
        Extraction many = read(fixtures.nestedMail(5), LIMITS.withMaxEmbedded(1));

        assertEquals(2, deep.embedded());
        assertEquals(1, many.embedded());
        assertEquals(
                List.of(ExtractionWarning.Kind.EMBEDDED_LEFT_OUT),
                deep.warnings().stream().map(ExtractionWarning::kind).toList());
        assertEquals(
                "The file 'inner3.eml' inside it was left out, as documents are read 2 deep. Add it by itself",
                deep.warnings().get(0).text());
        assertEquals(
                "Further files inside it were left out, as the limit is 1. Add them by themselves",
                many.warnings().get(0).text());
        assertFalse(sink.text().contains("innermost"));
    }

    @Test
    void saysWhyAnAttachedFileIsLeftOutAndWhatToDo() throws IOException {
        String mail = """
                From: a@example.org
                To: b@example.org
                Subject: picture
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=x

                --x
                Content-Type: text/plain

                Look at this.
                --x
                Content-Type: application/octet-stream; name=logo.dat
                Content-Disposition: attachment; filename=logo.dat
                Content-Transfer-Encoding: base64

                iVBORw0KGgoAAA==
                --x--
                """;

        Extraction result = read(fixtures.text("with picture.eml", mail.replace("\n", "\r\n")));

        assertEquals(READ, result.status());
        assertEquals(
                List.of("The file 'logo.dat' inside it was left out, as it is of the type image/png, from which no text"
                        + " is read. Use PDF, DOCX, PPTX, XLSX, ODT, RTF, EPUB, HTML, Markdown, plain text, CSV, EML or"
                        + " MSG"),
                result.warnings().stream().map(ExtractionWarning::text).toList());
    }

    @Test
    void tellsFormatsByContentAndSaysWhenTheNameMisleads() throws IOException {
        Path misnamed = Files.copy(fixtures.pdf(), folder.resolve("größe 大.docx"));

        Extraction result = read(misnamed);

        assertEquals("application/pdf", result.metadata().contentType());
        assertEquals(
                List.of(new ExtractionWarning(
                        ExtractionWarning.Kind.NAME_MISLEADS,
                        "By its content it is a PDF document, whatever its name says")),
                result.warnings());
    }

    @Test
    void endsBadFilesWithAStatusAndAReason() throws IOException {
        byte[] docx = Files.readAllBytes(fixtures.docx());
        Map<Path, ExtractionStatus> expected = Map.of(
                fixtures.bytes("zero.pdf", new byte[0]),
                EMPTY,
                fixtures.text("blank.txt", " \n\n\t "),
                EMPTY,
                fixtures.blankPdf(),
                EMPTY,
                fixtures.encryptedPdf(),
                ENCRYPTED,
                fixtures.bytes("half.docx", java.util.Arrays.copyOf(docx, docx.length / 2)),
                MALFORMED,
                fixtures.text("head.pdf", "%PDF-1.7\n"),
                MALFORMED,
                fixtures.bytes("picture.txt", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0}),
                UNSUPPORTED,
                fixtures.text("data.xml", "<?xml version='1.0'?><a/>"),
                UNSUPPORTED,
                fixtures.zip("files.zip", Map.of("../../evil.txt", "x")),
                UNSUPPORTED,
                fixtures.zip(
                        "xxe.docx",
                        Map.of(
                                "[Content_Types].xml",
                                "<Types>wordprocessingml.document</Types>",
                                "word/document.xml",
                                "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>")),
                MALFORMED);

        assertAll(expected.entrySet().stream().map(entry -> () -> {
            Extraction result = read(entry.getKey());
            assertEquals(entry.getValue(), result.status(), () -> entry.getKey() + ": " + result);
            String name = String.valueOf(entry.getKey().getFileName());
            assertTrue(result.reason().startsWith("The file '" + name + "' "), result.reason());
            assertFalse(result.mend().isBlank());
            assertThrows(StudioException.class, result::requireText);
        }));
    }

    @Test
    void refusesWhatIsLargerThanItsLimit() throws IOException {
        Path text = fixtures.text("ten.txt", "0123456789");

        assertEquals(TOO_LARGE, read(text, LIMITS.withMaxBytes(9)).status());
        assertEquals(READ, read(text, LIMITS.withMaxBytes(10)).status());
    }

    @Test
    void stopsAtTheLimitOfCharactersAndSaysSo() throws IOException {
        Extraction result = read(fixtures.largeText("large.txt", 1_000_000), LIMITS.withMaxCharacters(50_000));

        assertEquals(PARTLY_READ, result.status());
        assertTrue(result.characters() <= 50_000 && result.characters() > 40_000, () -> "" + result.characters());
        assertEquals(ExtractionWarning.Kind.CUT_OFF, result.warnings().get(0).kind());
    }

    @Test
    void stopsWhatUnpacksToFarMoreThanItsSize() throws IOException {
        Path bomb = fixtures.zip(
                "bomb.docx",
                Map.of(
                        "[Content_Types].xml",
                        "<Types>wordprocessingml.document</Types>",
                        "word/document.xml",
                        "<a>" + "0".repeat(20 << 20) + "</a>"));

        assertEquals(TOO_LARGE, read(bomb).status());
        assertTrue(sink.blocks().isEmpty());
    }

    @Test
    void givesUpWhenTheTimeIsOver() throws IOException {
        Path file = fixtures.largeText("long.txt", 5_000_000);
        long start = System.nanoTime();
        DocumentSink slow = block -> {
            while (System.nanoTime() - start < 3_000_000) {
                Thread.onSpinWait();
            }
        };

        Extraction result = extractor()
                .extract(DocumentSource.of(file), LIMITS.withMaxTime(Duration.ofMillis(2)), slow, Cancellation.none());

        assertEquals(TIMED_OUT, result.status(), result::toString);
        assertEquals(
                READ, read(fixtures.text("next.txt", "The next file is read.")).status());
    }

    @Test
    void stopsWhenCancelledAndReadsTheNextFile() throws IOException {
        Path file = fixtures.largeText("long.txt", 5_000_000);
        Cancellation cancellation = Cancellation.create();
        DocumentSink cancelling = block -> cancellation.cancel();

        StudioException error = assertThrows(
                StudioException.class,
                () -> extractor().extract(DocumentSource.of(file), LIMITS, cancelling, cancellation));

        assertEquals(ErrorCode.CANCELLED, error.code());
        assertEquals(
                READ, read(fixtures.text("next.txt", "The next file is read.")).status());
    }

    @Test
    void passesOnWhatTheSinkThrows() throws IOException {
        Path file = fixtures.largeText("long.txt", 500_000);
        IllegalStateException full = new IllegalStateException("full");

        IllegalStateException thrown = assertThrows(
                IllegalStateException.class,
                () -> extractor()
                        .extract(
                                DocumentSource.of(file),
                                LIMITS,
                                block -> {
                                    throw full;
                                },
                                Cancellation.none()));

        assertSame(full, thrown);
        assertEquals(
                READ, read(fixtures.text("next.txt", "The next file is read.")).status());
    }

    @Test
    void saysThatThereIsNoSuchFile() {
        StudioException error = assertThrows(StudioException.class, () -> read(folder.resolve("none.pdf")));

        assertEquals(ErrorCode.FILE_NOT_FOUND, error.code());
    }

    @Test
    void keepsCharactersThatCantBeSeenAndWarns() throws IOException {
        Extraction result = read(fixtures.text("odd.txt", "12\u200b0 euro \u202etxet\u202c \udb40\udc41"));

        assertEquals("\n12\u200b0 euro \u202etxet\u202c \udb40\udc41", sink.text());
        assertEquals(
                List.of(
                        "The text has characters that can't be seen: 1 of no width, 2 that turn the direction around, 1 "
                                + "that are invisible tags"),
                result.warnings().stream().map(ExtractionWarning::text).toList());
    }

    @Test
    void readsTextInOtherEncodings() throws IOException {
        String text = "Die Größe der Äpfel überrascht niemanden, der schon öfter Äpfel gegessen hat.";
        List<String> warnings = new ArrayList<>();
        for (Charset charset : List.of(
                StandardCharsets.UTF_8,
                StandardCharsets.UTF_16LE,
                StandardCharsets.UTF_16BE,
                StandardCharsets.UTF_16,
                Charset.forName("windows-1252"))) {
            Extraction result = read(fixtures.bytes(charset.name() + ".txt", text.getBytes(charset)));
            assertEquals(READ, result.status(), () -> charset + ": " + result);
            result.warnings().forEach(warning -> warnings.add(warning.text()));
        }

        assertEquals(("\n" + text).repeat(5), sink.text());
        assertEquals(1, warnings.size(), warnings::toString);
    }

    @Test
    void readsTextThatIsOneLine() throws IOException {
        String line = "word ".repeat(60_000).strip();

        Extraction result = read(fixtures.text("line.txt", line));

        assertEquals(line.length(), result.characters());
        assertEquals("\n" + line, sink.text());
    }

    @Test
    void streamsTextThatIsLargerThanItsMemory() throws IOException {
        Path file = fixtures.largeText("large.txt", 30_000_000);
        AtomicLong characters = new AtomicLong();

        Extraction result = extractor()
                .extract(
                        DocumentSource.of(file),
                        LIMITS,
                        block ->
                                characters.addAndGet(((Block.Text) block).text().length()),
                        Cancellation.none());

        assertEquals(READ, result.status(), result::toString);
        assertEquals(result.characters(), characters.get());
        assertTrue(characters.get() > 29_000_000, characters::toString);
        assertEquals("en", result.metadata().language());
    }

    @Test
    void endsEveryDocumentOfTheCollectionWithTheRightStatus() throws IOException {
        CollectionStatus.checkAll(extractor());
    }
}
