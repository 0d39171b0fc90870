package dev.datastudio.rag.extract.internal;

import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads the text of a slide, its notes or its comments. Not thread-safe; use one per part. */
final class SlideText {
    /** Which part of a slide is read. */
    enum Part {
        SLIDE,
        NOTES,
        COMMENTS
    }

    private final BlockWriter writer;
    private final Part part;
    private final StringBuilder text = new StringBuilder();
    private final List<String> cells = new ArrayList<>();
    private TableHeaders headers = new TableHeaders();
    private String placeholder = "";
    private int level;
    private boolean bullet;
    private boolean inTable;
    private boolean inText;
    private final List<String> title = new ArrayList<>();

    SlideText(BlockWriter writer, Part part) {
        this.writer = writer;
        this.part = part;
    }

    void read(XMLStreamReader xml) throws XMLStreamException {
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                start(xml);
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                end(xml.getLocalName());
            } else if (event == XMLStreamConstants.CHARACTERS && inText) {
                text.append(xml.getText());
            }
        }
    }

    private void start(XMLStreamReader xml) {
        switch (xml.getLocalName()) {
            case "sp", "graphicFrame" -> placeholder = "";
            case "ph" -> placeholder = orEmpty(xml.getAttributeValue(null, "type"), "body");
            case "t", "text" -> inText = true;
            case "br" -> text.append('\n');
            case "tab" -> text.append('\t');
            case "pPr" -> level = level(xml.getAttributeValue(null, "lvl"));
            case "buChar", "buAutoNum", "buBlip" -> bullet = true;
            case "tbl" -> {
                inTable = true;
                headers = new TableHeaders();
                writer.tableStart("");
            }
            case "tr" -> cells.clear();
            default -> {}
        }
    }

    private static int level(@Nullable String value) {
        return value != null && value.matches("[0-8]") ? value.charAt(0) - '0' : 0;
    }

    private static String orEmpty(@Nullable String value, String other) {
        return value == null ? other : value;
    }

    private void end(String name) {
        switch (name) {
            case "t", "text" -> {
                inText = false;
                if (part == Part.COMMENTS) {
                    endParagraph();
                }
            }
            case "p" -> {
                if (inTable) {
                    text.append(' ');
                } else {
                    endParagraph();
                }
            }
            case "sp" -> endTitle();
            case "tc" -> {
                cells.add(text.toString());
                text.setLength(0);
            }
            case "tr" -> writer.row(cells, headers.kindOf(cells));
            case "tbl" -> {
                inTable = false;
                writer.tableEnd();
            }
            default -> {}
        }
    }

    /** Numbers, dates and footers of slides are decoration; the pictures of slides on their notes have no text. */
    private boolean isDecoration() {
        return switch (placeholder) {
            case "sldNum", "dt", "ftr", "hdr", "sldImg" -> true;
            default -> false;
        };
    }

    private void endParagraph() {
        String paragraph = text.toString();
        text.setLength(0);
        boolean item = bullet || level > 0;
        int depth = level + 1;
        bullet = false;
        level = 0;
        if (paragraph.isBlank() || isDecoration()) {
            return;
        } else if (part == Part.SLIDE && (placeholder.equals("title") || placeholder.equals("ctrTitle"))) {
            title.add(paragraph.strip());
        } else if (item || (part == Part.SLIDE && placeholder.equals("body"))) {
            writer.listItem(depth, paragraph);
        } else {
            writer.paragraph(paragraph);
        }
    }

    private void endTitle() {
        if (!title.isEmpty()) {
            writer.heading(1, String.join(" ", title));
            title.clear();
        }
        placeholder = "";
    }
}
