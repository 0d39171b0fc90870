package dev.datastudio.rag.extract.internal;

import dev.datastudio.rag.extract.DocumentMetadata.PageKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Turns the XHTML that Tika's parsers tell into blocks. Text blocks may stand within others (a footnote in a paragraph, a
 * paragraph in a list item); an inner one is written after the one around it, unless that only groups. Not thread-safe.
 */
final class XhtmlBlocks extends DefaultHandler {
    private static final Set<String> IGNORED =
            Set.of("head", "title", "script", "style", "noscript", "template", "iframe", "object", "svg", "math");
    private static final Set<String> GROUPS = Set.of(
            "body",
            "div",
            "section",
            "article",
            "main",
            "header",
            "footer",
            "nav",
            "aside",
            "ul",
            "ol",
            "dl",
            "blockquote",
            "form",
            "fieldset",
            "figure",
            "center",
            "address",
            "td",
            "th",
            "html");
    /** Text that is longer than this is written before its end is seen. */
    private static final int LONG = 16 * 1024;

    private final BlockWriter writer;
    private static final Pattern BULLET = Pattern.compile("(?s)[·•▪‣◦●■–]\\s+\\S.*");

    private final boolean linesAreParagraphs;
    /** Whether a paragraph is a line as it was typed, and an empty one parts paragraphs. */
    private final boolean paragraphsAreLines;

    private final StringBuilder lines = new StringBuilder();
    private String term = "";
    private final PageKind pageKind;
    private final Deque<TextFrame> frames = new ArrayDeque<>();
    private final List<Runnable> later = new ArrayList<>();
    private final XhtmlTable table;
    private Runnable onText = () -> {};
    private int ignored;
    private int listDepth;
    private int pages;

    XhtmlBlocks(BlockWriter writer, FileKind kind) {
        this.writer = writer;
        this.table = new XhtmlTable(writer);
        this.linesAreParagraphs = kind == FileKind.DOCX;
        this.paragraphsAreLines = kind == FileKind.MSG;
        this.pageKind = switch (kind) {
            case XLSX, XLS, ODS -> PageKind.SHEET;
            case PPT -> PageKind.SLIDE;
            default -> PageKind.NONE;
        };
    }

    /** Has an action run before the first block is written, when the parser knows what the document says of itself. */
    void onText(Runnable action) {
        onText = action;
    }

    /** A block of text that is being put together. */
    private static final class TextFrame {
        private final String tag;
        private final int level;
        private final StringBuilder text = new StringBuilder();
        private boolean goesOn;

        TextFrame(String tag, int level) {
            this.tag = tag;
            this.level = level;
        }

        boolean isGroup() {
            return level == 0;
        }
    }

    @Override
    public void startElement(String uri, String localName, String qName, Attributes attributes) {
        String tag = localName.toLowerCase(Locale.ROOT);
        if (ignored > 0 || IGNORED.contains(tag) || isNoContent(tag, attributes)) {
            ignored++;
            return;
        }
        if (table.isOpen() || tag.equals("table")) {
            flushGroup();
            table.start(tag);
            return;
        }
        String type = String.valueOf(attributes.getValue("class"));
        startPage(type);
        switch (tag) {
            case "h1", "h2", "h3", "h4", "h5", "h6" -> open(tag, tag.charAt(1) - '0');
            case "p", "pre", "li", "dt", "dd", "caption" -> startText(tag, type);
            case "br" -> append("\n");
            default -> {
                if (GROUPS.contains(tag)) {
                    open(tag, 0);
                    listDepth += tag.equals("ul") || tag.equals("ol") ? 1 : 0;
                }
            }
        }
    }

    private static boolean isNoContent(String tag, Attributes attributes) {
        String type = attributes.getValue("class");
        return tag.equals("div") && type != null && (type.equals("embedded") || type.equals("package-entry"));
    }

    private void startText(String tag, String type) {
        TextFrame top = frames.peek();
        if (tag.equals("p") && top != null && top.tag.equals("li")) {
            open("p-in-li", 0);
        } else {
            open(tag.equals("p") && type.toLowerCase(Locale.ROOT).contains("list") ? "li" : tag, 1);
        }
    }

    private void startPage(String type) {
        boolean starts = (pageKind == PageKind.SHEET && type.equals("sheet"))
                || (pageKind == PageKind.SLIDE && type.equals("slide-content"));
        if (starts) {
            startPage();
        }
    }

    private void startPage() {
        pages++;
        writer.page(pages);
        writer.facts().pages(pageKind, pages);
    }

    /** A list item stays open while a list inside it is read, but what it said before is written before that list. */
    private void open(String tag, int level) {
        TextFrame top = frames.peek();
        boolean item = top != null && top.tag.equals("li");
        if (top != null && (top.isGroup() || item)) {
            write(top);
        }
        frames.push(new TextFrame(tag, level));
    }

    @Override
    public void endElement(String uri, String localName, String qName) {
        String tag = localName.toLowerCase(Locale.ROOT);
        if (ignored > 0) {
            ignored--;
            return;
        }
        if (table.isOpen()) {
            table.end(tag);
            return;
        }
        boolean text = tag.matches("h[1-6]|p|pre|li|dt|dd|caption");
        if ((text || GROUPS.contains(tag)) && !frames.isEmpty()) {
            write(frames.pop());
            listDepth -= tag.equals("ul") || tag.equals("ol") ? 1 : 0;
            if (frames.isEmpty() || frames.peek().isGroup()) {
                later.forEach(Runnable::run);
                later.clear();
            }
        }
    }

    @Override
    public void characters(char[] chars, int start, int length) {
        if (ignored > 0) {
            return;
        }
        String text = new String(chars, start, length);
        if (table.isOpen()) {
            table.text(text);
        } else {
            append(text);
        }
    }

    @Override
    public void ignorableWhitespace(char[] chars, int start, int length) {
        characters(chars, start, length);
    }

    private void append(String text) {
        if (frames.isEmpty()) {
            frames.push(new TextFrame("body", 0));
        }
        TextFrame top = frames.peek();
        if (top.isGroup() && linesAreParagraphs) {
            lines(top, text);
            return;
        }
        top.text.append(text);
        if (top.text.length() > LONG && !isInHeading()) {
            write(top);
            top.goesOn = true;
        }
    }

    /** Word paragraphs without a style come as bare lines. */
    private void lines(TextFrame top, String text) {
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            top.text.append(text, from, end);
            write(top);
            from = end + 1;
        }
        top.text.append(text, from, text.length());
    }

    private boolean isInHeading() {
        return frames.stream().anyMatch(frame -> frame.tag.matches("h[1-6]"));
    }

    private void flushGroup() {
        TextFrame top = frames.peek();
        if (top != null) {
            write(top);
        }
    }

    private void write(TextFrame frame) {
        String text = frame.tag.equals("pre") ? frame.text.toString() : collapse(frame.text);
        frame.text.setLength(0);
        boolean line = paragraphsAreLines && frame.tag.equals("p");
        if (line && !text.isBlank()) {
            lines.append(lines.isEmpty() ? "" : "\n").append(text);
            return;
        }
        if (line || !text.isBlank()) {
            writeLines();
        }
        if (text.isBlank()) {
            return;
        }
        onText.run();
        if (pageKind == PageKind.SHEET && pages == 0) {
            startPage();
        }
        boolean inner =
                frames.stream().anyMatch(outer -> outer != frame && !outer.isGroup() && !outer.tag.equals("li"));
        Runnable writing = writing(frame, text);
        if (inner) {
            later.add(writing);
        } else {
            writing.run();
        }
    }

    private void writeLines() {
        if (!lines.isEmpty()) {
            onText.run();
            writer.paragraph(lines.toString());
            lines.setLength(0);
        }
    }

    @Override
    public void endDocument() {
        writeLines();
    }

    private Runnable writing(TextFrame frame, String text) {
        int depth = Math.max(1, listDepth);
        if (frame.goesOn) {
            return () -> writer.continuation(text);
        }
        return switch (frame.tag) {
            case "h1", "h2", "h3", "h4", "h5", "h6" -> () -> writer.heading(frame.level, text);
            case "li", "p-in-li" -> () -> writer.listItem(depth, text);
            case "pre" -> () -> writer.code(text);
            case "dt" -> () -> term = text;
            case "dd" ->
                () -> {
                    writer.paragraph(term.isEmpty() ? text : term + ": " + text);
                    term = "";
                };
            default ->
                linesAreParagraphs && BULLET.matcher(text).matches()
                        ? () -> writer.listItem(1, text)
                        : () -> writer.paragraph(text);
        };
    }

    /** One space for any white space, as a page shows it; a line break stays. */
    static String collapse(CharSequence text) {
        StringBuilder line = new StringBuilder(text.length());
        boolean space = false;
        boolean lineEnd = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                space = true;
                lineEnd |= c == '\n';
            } else {
                if (space && !line.isEmpty()) {
                    line.append(lineEnd ? '\n' : ' ');
                }
                space = false;
                lineEnd = false;
                line.append(c);
            }
        }
        return line.toString();
    }
}
