package dev.datastudio.rag.extract.internal;

import dev.datastudio.rag.extract.Block.RowKind;
import dev.datastudio.rag.extract.ExtractionWarning;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the block structure of Markdown (CommonMark 0.31 with the tables of GitHub): headings, lists, code, tables, line
 * by line. Marks within a line stay as they are written. Not thread-safe; use one per file.
 */
final class MarkdownReader implements FormatReader {
    private static final Pattern HEADING = Pattern.compile("^ {0,3}(#{1,6})(?:[ \\t]+(.*?))??(?:[ \\t]+#+)?[ \\t]*$");
    private static final Pattern UNDERLINE = Pattern.compile("^ {0,3}(=+|-+)[ \\t]*$");
    private static final Pattern FENCE = Pattern.compile("^ {0,3}(`{3,}|~{3,})[^`]*$");
    private static final Pattern ITEM = Pattern.compile("^([ \\t]*)(?:[-*+]|(\\d{1,9}[.)]))[ \\t]+(\\S.*)$");
    private static final Pattern RULE = Pattern.compile("^ {0,3}([-*_])(?:[ \\t]*\\1){2,}[ \\t]*$");
    private static final Pattern TABLE_RULE =
            Pattern.compile("^[ \\t]*\\|?[ \\t]*:?-+:?[ \\t]*(\\|[ \\t]*:?-+:?[ \\t]*)*\\|?[ \\t]*$");
    private static final Pattern QUOTE = Pattern.compile("^(?: {0,3}>[ \\t]?)+");
    private static final Pattern EMBEDDED_DATA = Pattern.compile("(data:[\\w/.+-]+(?:;[\\w=-]+)*;base64,)[\\w+/=%-]*");
    private static final Pattern FIELD =
            Pattern.compile("^(title|author|lang|language):[ \\t]*[\"']?(.*?)[\"']?[ \\t]*$");

    private enum State {
        TEXT,
        CODE,
        TABLE,
        FRONT_MATTER
    }

    private final StringBuilder held = new StringBuilder();
    private State state = State.TEXT;
    private String fence = "";
    private boolean first = true;
    private boolean inItem;
    private boolean heldGoesOn;

    @Override
    public void read(Reading reading) throws IOException {
        BlockWriter writer = reading.writer();
        try (Reader in = TextEncoding.open(reading)) {
            Lines lines = new Lines(in, writer);
            while (lines.next()) {
                line(writer, lines);
                first = false;
            }
        }
        if (state == State.TABLE) {
            writer.tableEnd();
        } else if (state == State.TEXT) {
            endText(writer);
        } else {
            endCode(writer);
        }
    }

    private void line(BlockWriter writer, Lines lines) {
        String line = lines.text();
        if (!lines.startsLine()) {
            hold(writer, line, "");
        } else if (state == State.CODE || state == State.FRONT_MATTER) {
            codeLine(writer, line);
        } else if (state == State.TABLE && line.contains("|")) {
            writer.row(cells(line), RowKind.BODY);
        } else {
            if (state == State.TABLE) {
                writer.tableEnd();
                state = State.TEXT;
            }
            textLine(writer, line);
        }
    }

    private void codeLine(BlockWriter writer, String line) {
        boolean front = state == State.FRONT_MATTER;
        String bare = line.strip();
        boolean ends = front
                ? bare.equals("---") || bare.equals("...")
                : !fence.isEmpty()
                        && bare.startsWith(fence)
                        && bare.replace(fence.substring(0, 1), "").isEmpty();
        if (ends) {
            endCode(writer);
            return;
        }
        if (front) {
            Matcher field = FIELD.matcher(line);
            if (field.matches()) {
                fact(writer.facts(), field.group(1), field.group(2));
            }
        }
        hold(writer, line, "\n");
    }

    private static void fact(Facts facts, String name, String value) {
        switch (name) {
            case "title" -> facts.title(value);
            case "author" -> facts.author(value);
            default -> facts.language(value);
        }
    }

    private void textLine(BlockWriter writer, String raw) {
        if (first && raw.stripTrailing().equals("---")) {
            state = State.FRONT_MATTER;
            return;
        }
        String line = QUOTE.matcher(raw).replaceFirst("");
        if (line.contains("<!--")) {
            writer.warn(
                    ExtractionWarning.Kind.HIDDEN_TEXT,
                    "The text has comments, which a reader of the finished page does not see");
        }
        Matcher heading = HEADING.matcher(line);
        Matcher item = ITEM.matcher(line);
        Matcher fenced = FENCE.matcher(line);
        if (line.isBlank()) {
            endText(writer);
        } else if (heading.matches()) {
            endText(writer);
            heading(writer, heading.group(1).length(), String.valueOf(heading.group(2)));
        } else if (fenced.matches()) {
            endText(writer);
            state = State.CODE;
            fence = fenced.group(1);
        } else if (!held.isEmpty() && !inItem && UNDERLINE.matcher(line).matches()) {
            underlined(writer, line);
        } else if (RULE.matcher(line).matches()) {
            endText(writer);
        } else if (isTableRule(line)) {
            table(writer);
        } else if (item.matches()) {
            item(writer, item);
        } else {
            hold(writer, line, "\n");
        }
    }

    private void heading(BlockWriter writer, int level, String text) {
        if (level == 1) {
            writer.facts().title(text.equals("null") ? "" : text);
        }
        writer.heading(level, text.equals("null") ? "" : text);
    }

    /** The last line before the underline is the heading; CommonMark takes the whole paragraph. */
    private void underlined(BlockWriter writer, String line) {
        String text = held.toString();
        held.setLength(0);
        if (heldGoesOn) {
            writer.continuation(text);
            heldGoesOn = false;
        } else {
            heading(writer, line.strip().charAt(0) == '=' ? 1 : 2, text);
        }
    }

    private boolean isTableRule(String line) {
        String above = held.substring(held.lastIndexOf("\n") + 1);
        return line.contains("|")
                && above.contains("|")
                && TABLE_RULE.matcher(line).matches()
                && !inItem;
    }

    private void table(BlockWriter writer) {
        int start = held.lastIndexOf("\n") + 1;
        String header = held.substring(start);
        held.setLength(Math.max(0, start - 1));
        endText(writer);
        state = State.TABLE;
        writer.tableStart("");
        writer.row(cells(header), RowKind.HEADER);
    }

    private static List<String> cells(String line) {
        String row = line.strip();
        row = row.startsWith("|") ? row.substring(1) : row;
        row = row.endsWith("|") && !row.endsWith("\\|") ? row.substring(0, row.length() - 1) : row;
        List<String> cells = new ArrayList<>();
        for (String cell : row.split("(?<!\\\\)\\|", -1)) {
            cells.add(cell.strip().replace("\\|", "|"));
        }
        return cells;
    }

    private void item(BlockWriter writer, Matcher item) {
        endText(writer);
        int indent = item.group(1).replace("\t", "    ").length();
        inItem = true;
        itemDepth = 1 + indent / 2;
        String number = item.group(2);
        held.append(number == null ? "" : number + " ").append(withoutData(item.group(3)));
    }

    private int itemDepth = 1;

    private void hold(BlockWriter writer, String line, String separator) {
        held.append(held.isEmpty() && !heldGoesOn ? "" : separator).append(withoutData(line));
        if (held.length() > Lines.MAX_PIECE) {
            flush(writer);
        }
    }

    /** Pictures written into the text are long and say nothing. */
    private static String withoutData(String line) {
        return line.contains(";base64,") ? EMBEDDED_DATA.matcher(line).replaceAll("$1…") : line;
    }

    private void flush(BlockWriter writer) {
        String text = held.toString();
        held.setLength(0);
        if (heldGoesOn) {
            writer.continuation(text);
        } else if (state != State.TEXT) {
            writer.code(text);
        } else if (inItem) {
            writer.listItem(itemDepth, text.strip());
        } else {
            writer.paragraph(text);
        }
        heldGoesOn = !text.isBlank();
    }

    private void endText(BlockWriter writer) {
        if (!held.isEmpty()) {
            flush(writer);
        }
        heldGoesOn = false;
        inItem = false;
    }

    private void endCode(BlockWriter writer) {
        if (!held.isEmpty()) {
            flush(writer);
        }
        heldGoesOn = false;
        state = State.TEXT;
        fence = "";
    }
}
