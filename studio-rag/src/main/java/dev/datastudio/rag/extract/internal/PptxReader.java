package dev.datastudio.rag.extract.internal;

import dev.datastudio.rag.extract.DocumentMetadata.PageKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the slides of a presentation in their order (ISO/IEC 29500-1, PresentationML), each as a page: title as heading,
 * texts, tables, then its notes. Slides are read one at a time, as a stream.
 */
final class PptxReader implements FormatReader {
    private static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String PRESENTATION = "ppt/presentation.xml";

    @Override
    public void read(Reading reading) throws IOException, XMLStreamException {
        try (ZipFile zip = new ZipFile(reading.file().toFile())) {
            if (reading.depth() == 0) {
                facts(zip, reading.facts());
            }
            List<String> slides = slides(zip);
            if (reading.depth() == 0) {
                reading.facts().pages(PageKind.SLIDE, slides.size());
            }
            for (int i = 0; i < slides.size(); i++) {
                reading.writer().throwIfHalted();
                reading.writer().page(i + 1);
                slide(zip, slides.get(i), reading.writer());
            }
            embedded(zip, reading);
        }
    }

    private static List<String> slides(ZipFile zip) throws IOException, XMLStreamException {
        Map<String, Relation> relations = relations(zip, PRESENTATION);
        List<String> slides = new ArrayList<>();
        try (InputStream in = part(zip, PRESENTATION)) {
            XMLStreamReader xml = open(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("sldId")) {
                    Relation slide = relations.get(String.valueOf(xml.getAttributeValue(RELATIONS, "id")));
                    if (slide != null) {
                        slides.add(slide.target());
                    }
                }
            }
        }
        return slides;
    }

    private static void slide(ZipFile zip, String path, BlockWriter writer) throws IOException, XMLStreamException {
        try (InputStream in = part(zip, path)) {
            new SlideText(writer, SlideText.Part.SLIDE).read(open(in));
        }
        for (Relation relation : relations(zip, path).values()) {
            boolean notes = relation.type().endsWith("/notesSlide");
            if (notes || relation.type().endsWith("/comments")) {
                try (InputStream in = part(zip, relation.target())) {
                    new SlideText(writer, notes ? SlideText.Part.NOTES : SlideText.Part.COMMENTS).read(open(in));
                }
            }
        }
    }

    private static void facts(ZipFile zip, Facts facts) throws IOException, XMLStreamException {
        ZipEntry core = zip.getEntry("docProps/core.xml");
        if (core == null) {
            return;
        }
        try (InputStream in = zip.getInputStream(core)) {
            XMLStreamReader xml = open(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    switch (xml.getLocalName()) {
                        case "title" -> facts.title(xml.getElementText());
                        case "creator" -> facts.author(xml.getElementText());
                        case "language" -> facts.language(xml.getElementText());
                        default -> {}
                    }
                }
            }
        }
    }

    private static void embedded(ZipFile zip, Reading reading) throws IOException {
        EmbeddedDocuments documents = new EmbeddedDocuments(reading);
        for (ZipEntry entry : zip.stream()
                .filter(part -> part.getName().startsWith("ppt/embeddings/") && !part.isDirectory())
                .toList()) {
            try (InputStream in = zip.getInputStream(entry)) {
                documents.read(in, entry.getName());
            }
        }
    }

    /** @param target the path of the part in the archive */
    private record Relation(String type, String target) {}

    private static Map<String, Relation> relations(ZipFile zip, String path) throws IOException, XMLStreamException {
        int slash = path.lastIndexOf('/') + 1;
        ZipEntry entry = zip.getEntry(path.substring(0, slash) + "_rels/" + path.substring(slash) + ".rels");
        Map<String, Relation> relations = new LinkedHashMap<>();
        if (entry == null) {
            return relations;
        }
        try (InputStream in = zip.getInputStream(entry)) {
            XMLStreamReader xml = open(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("Relationship")
                        && !"External".equals(xml.getAttributeValue(null, "TargetMode"))) {
                    String target = String.valueOf(xml.getAttributeValue(null, "Target"));
                    relations.put(
                            String.valueOf(xml.getAttributeValue(null, "Id")),
                            new Relation(
                                    String.valueOf(xml.getAttributeValue(null, "Type")),
                                    resolve(path.substring(0, slash), target)));
                }
            }
        }
        return relations;
    }

    /** A path in the archive; it only ever names a part of it. */
    private static String resolve(String folder, String target) {
        List<String> steps = new ArrayList<>();
        for (String step : (target.startsWith("/") ? target : folder + target).split("/", -1)) {
            if (step.equals("..") && !steps.isEmpty()) {
                steps.remove(steps.size() - 1);
            } else if (!step.isEmpty() && !step.equals(".") && !step.equals("..")) {
                steps.add(step);
            }
        }
        return String.join("/", steps);
    }

    private static InputStream part(ZipFile zip, String path) throws IOException {
        ZipEntry entry = zip.getEntry(path);
        if (entry == null) {
            throw new IOException("The part " + path + " is missing");
        }
        return zip.getInputStream(entry);
    }

    private static XMLStreamReader open(InputStream in) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory.createXMLStreamReader(in);
    }
}
