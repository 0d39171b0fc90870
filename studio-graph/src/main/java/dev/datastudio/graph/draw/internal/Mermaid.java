package dev.datastudio.graph.draw.internal;

import dev.datastudio.graph.draw.internal.Picture.Box;
import dev.datastudio.graph.draw.internal.Picture.Flow;
import dev.datastudio.graph.draw.internal.Picture.Line;
import dev.datastudio.graph.draw.internal.Picture.Link;

/**
 * Writes Mermaid flowcharts. Nodes are numbered, and texts stand in quotes with every character that Mermaid or Markdown
 * could take for its own as an entity ({@code #34;}).
 */
public final class Mermaid {
    private static final String PLAIN = " ,:()'/?!=_";

    private Mermaid() {}

    public static String write(Picture picture) {
        StringBuilder out = new StringBuilder("flowchart ")
                .append(picture.flow() == Flow.DOWN ? "TD" : "LR")
                .append('\n');
        for (int i = 0; i < picture.boxes().size(); i++) {
            Box box = picture.boxes().get(i);
            String text = escaped(box.title()) + (box.kind().isEmpty() ? "" : "<br/>" + escaped(box.kind()));
            String shape = switch (box.form()) {
                case START, END -> "([\"" + text + "\"])";
                case STEP -> "[\"" + text + "\"]";
                case MISSING -> "[[\"" + text + "\"]]";
            };
            out.append("    n").append(i).append(shape).append('\n');
        }
        for (Link link : picture.links()) {
            out.append("    n").append(link.from()).append(' ').append(arrow(link.line()));
            if (!link.label().isEmpty()) {
                out.append("|\"").append(escaped(link.label())).append("\"|");
            }
            out.append(" n").append(link.to()).append('\n');
        }
        return out.toString();
    }

    private static String arrow(Line line) {
        return switch (line) {
            case PLAIN -> "-->";
            case BRANCH -> "-.->";
            case EACH -> "==>";
        };
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        String line = Text.oneLine(text);
        line.codePoints().forEach(c -> {
            boolean inner = !out.isEmpty() && (c == '-' || c == '.') && !isNumber(out);
            if (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0 || c > 0x7F || inner) {
                out.appendCodePoint(c);
            } else {
                out.append('#').append(c).append(';');
            }
        });
        return out.isEmpty() ? " " : out.toString();
    }

    /** A number with a dot at the beginning would begin a list in Markdown. */
    private static boolean isNumber(CharSequence text) {
        return text.chars().allMatch(Character::isDigit);
    }
}
