package dev.datastudio.rag.extract.internal;

import static dev.datastudio.rag.extract.ExtractionStatus.TOO_LARGE;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.epub.EpubParser;
import org.apache.tika.parser.html.JSoupParser;
import org.apache.tika.parser.microsoft.OfficeParser;
import org.apache.tika.parser.microsoft.OfficeParserConfig;
import org.apache.tika.parser.microsoft.ooxml.OOXMLParser;
import org.apache.tika.parser.microsoft.rtf.RTFParser;
import org.apache.tika.parser.odf.OpenDocumentParser;
import org.xml.sax.SAXException;

/** Reads the formats that Apache Tika reads well, with exactly its parser for that format. */
final class TikaReader implements FormatReader {
    /** These formats are held in memory as a whole, in several times their size. */
    private static final long MAX_HELD_BYTES = 32L << 20;

    private final FileKind kind;

    TikaReader(FileKind kind) {
        this.kind = kind;
    }

    @Override
    public void read(Reading reading) throws IOException, SAXException, TikaException {
        if (isHeld() && Files.size(reading.file()) > MAX_HELD_BYTES) {
            throw new ExtractionStop(
                    TOO_LARGE,
                    "is " + kind.words() + " of more than " + MAX_HELD_BYTES + " bytes, which must be held in memory",
                    "Split it, or save it in a newer format");
        }
        XhtmlBlocks blocks = new XhtmlBlocks(reading.writer(), kind);
        Metadata metadata = new Metadata();
        if (kind == FileKind.HTML) {
            metadata.set(Metadata.CONTENT_TYPE, kind.contentType());
        }
        ParseContext context = context(reading);
        blocks.onText(() -> takeFacts(reading, metadata));
        try (TikaInputStream in = TikaInputStream.get(reading.file())) {
            parser().parse(in, blocks, metadata, context);
        } finally {
            takeFacts(reading, metadata);
        }
    }

    private boolean isHeld() {
        return switch (kind) {
            case HTML, DOC, XLS, PPT, MSG -> true;
            default -> false;
        };
    }

    private Parser parser() {
        return switch (kind) {
            case DOCX, XLSX -> new OOXMLParser();
            case DOC, XLS, PPT, MSG -> new OfficeParser();
            case ODT, ODS, ODP -> new OpenDocumentParser();
            case EPUB -> new EpubParser();
            case RTF -> new RTFParser();
            case HTML -> new JSoupParser();
            default -> throw new AssertionError(kind);
        };
    }

    private static ParseContext context(Reading reading) {
        OfficeParserConfig office = new OfficeParserConfig();
        office.setUseSAXDocxExtractor(true);
        office.setExtractMacros(false);
        office.setIncludeDeletedContent(false);
        office.setIncludeMoveFromContent(false);
        ParseContext context = new ParseContext();
        context.set(OfficeParserConfig.class, office);
        context.set(EmbeddedDocumentExtractor.class, new EmbeddedDocuments(reading));
        return context;
    }

    private static void takeFacts(Reading reading, Metadata metadata) {
        if (reading.depth() > 0) {
            return; // those of a document inside are not those of the document
        }
        Facts facts = reading.facts();
        facts.title(metadata.get(TikaCoreProperties.TITLE));
        facts.author(metadata.get(TikaCoreProperties.CREATOR));
        facts.language(metadata.get(TikaCoreProperties.LANGUAGE));
        facts.language(metadata.get(Metadata.CONTENT_LANGUAGE));
    }
}
