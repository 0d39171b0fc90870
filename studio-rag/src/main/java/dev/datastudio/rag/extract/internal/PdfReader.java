package dev.datastudio.rag.extract.internal;

import static dev.datastudio.rag.extract.ExtractionStatus.EMPTY;
import static dev.datastudio.rag.extract.ExtractionStatus.MALFORMED;
import static dev.datastudio.rag.extract.ExtractionStatus.NO_TEXT;

import dev.datastudio.rag.extract.DocumentMetadata.PageKind;
import dev.datastudio.rag.extract.ExtractionWarning;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/** Reads PDF page by page with Apache PDFBox: text exact to the page, headings, annotations, form fields, attachments. */
final class PdfReader implements FormatReader {
    private static final long MAIN_MEMORY = 32L << 20;
    private static final int MAX_PAGES = 100_000;

    @Override
    public void read(Reading reading) throws IOException {
        MemoryUsageSetting memory = MemoryUsageSetting.setupMixed(MAIN_MEMORY)
                .setTempDir(reading.scratch().toFile());
        try (PDDocument document = Loader.loadPDF(reading.file().toFile(), "", memory.streamCache)) {
            read(document, reading);
        } catch (InvalidPasswordException e) {
            throw FileKinds.encrypted();
        }
    }

    private static void read(PDDocument document, Reading reading) throws IOException {
        facts(document, reading);
        String damage = PdfFileEnd.damage(reading.file());
        if (!damage.isEmpty()) {
            reading.writer().warn(ExtractionWarning.Kind.DAMAGED, damage);
        }
        if (!document.getCurrentAccessPermission().canExtractContent()) {
            reading.writer()
                    .warn(
                            ExtractionWarning.Kind.COPYING_RESTRICTED,
                            "Its author does not allow that text is taken out of it");
        }
        long before = reading.writer().characters();
        Pages pages = new Pages(document, reading);
        pages.read();
        PdfExtras.read(document, reading);
        if (reading.writer().characters() == before) {
            throw pages.nothing();
        }
        pages.warnOfPictures();
    }

    private static void facts(PDDocument document, Reading reading) {
        if (reading.depth() > 0) {
            return;
        }
        PDDocumentInformation information = document.getDocumentInformation();
        reading.facts().title(PdfTitles.usable(information.getTitle()));
        reading.facts().author(information.getAuthor());
        reading.facts().language(document.getDocumentCatalog().getLanguage());
    }

    /** The pages of one document. */
    private static final class Pages {
        private final PDDocument document;
        private final Reading reading;
        private final BlockWriter writer;
        private final PageList pictures = new PageList();
        private final PageList broken = new PageList();
        private int count;

        Pages(PDDocument document, Reading reading) {
            this.document = document;
            this.reading = reading;
            this.writer = reading.writer();
        }

        void read() throws IOException {
            PdfBlocks blocks = new PdfBlocks(writer, PdfOutline.of(document, numbers()));
            PdfPageLines lines = new PdfPageLines(document, writer);
            Iterator<PDPage> pages = document.getPages().iterator();
            while (pages.hasNext() && count < MAX_PAGES) {
                writer.throwIfHalted();
                PDPage page = pages.next();
                count++;
                if (reading.depth() == 0) {
                    reading.facts().pages(PageKind.PAGE, count);
                }
                List<PdfLine> found = lines(lines, page);
                blocks.page(count, found);
                PdfExtras.annotations(page, writer);
                if (found.isEmpty() && PdfPictures.on(page)) {
                    pictures.add(count);
                }
            }
            if (!broken.isEmpty()) {
                writer.warn(ExtractionWarning.Kind.DAMAGED, broken.words() + " could not be read to the end");
            }
        }

        private List<PdfLine> lines(PdfPageLines lines, PDPage page) {
            try {
                return lines.read(page);
            } catch (IOException
                    | IllegalArgumentException
                    | IndexOutOfBoundsException
                    | ClassCastException
                    | NullPointerException
                    | IllegalStateException
                    | ArithmeticException e) {
                broken.add(count); // the other pages of a damaged file are still good; the warning tells of this one
                return lines.soFar();
            }
        }

        private Map<COSDictionary, Integer> numbers() {
            Map<COSDictionary, Integer> numbers = new HashMap<>();
            int number = 0;
            for (Iterator<PDPage> pages = document.getPages().iterator(); pages.hasNext() && number < MAX_PAGES; ) {
                numbers.putIfAbsent(pages.next().getCOSObject(), ++number);
            }
            return numbers;
        }

        void warnOfPictures() {
            if (!pictures.isEmpty()) {
                writer.warn(
                        ExtractionWarning.Kind.PAGES_WITHOUT_TEXT,
                        pictures.words() + " " + (pictures.isSingle() ? "holds" : "hold")
                                + " pictures only, and no text that could be read");
            }
        }

        ExtractionStop nothing() {
            if (!pictures.isEmpty()) {
                return new ExtractionStop(
                        NO_TEXT,
                        "holds pictures only, and no text",
                        "Run optical character recognition (OCR) over it, and add the result");
            } else if (count == 0 || !broken.isEmpty()) {
                return new ExtractionStop(
                        MALFORMED,
                        "is a damaged PDF: no page could be read",
                        "Open it in a PDF program, save it anew, or get it again from where it came from");
            }
            return new ExtractionStop(
                    EMPTY,
                    "has no text: its " + (count == 1 ? "page is" : count + " pages are") + " blank",
                    "Check whether it is the right file");
        }
    }
}
