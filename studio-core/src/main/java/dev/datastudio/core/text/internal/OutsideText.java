package dev.datastudio.core.text.internal;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Text of strangers as a model may see it: documents, cells, names and comments of tables, pages, what tools and their
 * servers say. Control characters become blanks and what can't be seen goes (zero-width, text direction, tags, fillers,
 * private use), so that what a person sees is what a model reads.
 *
 * <p>{@link #marked} puts such a text between marks. They say where it begins and ends, and nothing in it looks like a
 * mark or like the markup by which chat templates part their messages. Marks do not make a model disobey: what it may do
 * is decided where it does it.
 */
public final class OutsideText {
    /** Taken out rather than replaced: soft hyphens and joiners stand within words. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cf}\\p{Co}\\p{Cs}\\x{E0000}-\\x{E0FFF}"
            + "\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2800\\u3164\\uFE00-\\uFE0F\\uFFA0]+");

    private static final Pattern BREAK = Pattern.compile("\\r\\n?|[\\u0085\\u2028\\u2029]");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n]]+");
    private static final Pattern CONTROL_BUT_TABS = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]+");
    private static final Pattern BLANK = Pattern.compile("[\\p{Cc}\\p{Z}]+");
    private static final Pattern BLANK_IN_LINE = Pattern.compile("[\\p{Z}&&[^\\n]]+");
    private static final Pattern EMPTY_LINES = Pattern.compile("\\n\\s*\\n\\s*");

    /** How marks are named here and elsewhere: of several words, or of the parts of a conversation. */
    private static final String MARK_NAME =
            "(?:[a-z0-9]+_[a-z0-9_]*|passage|document|context|data|tool|function|system|user|human|assistant|instructions?)";

    private static final Pattern MARK =
            Pattern.compile("[<\\uFF1C\\uFE64](?=\\s*[/\\uFF0F]?\\s*" + MARK_NAME + "\\b)", Pattern.CASE_INSENSITIVE);

    /** What parts the messages of a conversation in the templates of open models. */
    private static final Pattern TEMPLATE = Pattern.compile(
            "<(?=[|\\uFF5C]|/?s>|<?/?SYS>)|(?<=[|\\uFF5C])>|\\[(?=\\s*/?\\s*INST\\s*\\])", Pattern.CASE_INSENSITIVE);

    private static final Pattern LOADING = Pattern.compile(
            "!\\[|<(?=\\s*/?\\s*(?:img|image|picture|source|iframe|frame|object|embed|video|audio|track|link|style|script|svg"
                    + "|base|meta|form|input|body|table|td|bgsound|math)\\b)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern NAME = Pattern.compile(MARK_NAME);

    private OutsideText() {}

    /**
     * A text in one line, blanks in a row as one.
     *
     * @param max the most characters, above 0; what is longer ends with "…"
     */
    public static String line(String text, int max) {
        String clean = UNSEEN.matcher(cut(text, 10 * max)).replaceAll("");
        String line = BLANK.matcher(clean).replaceAll(" ").strip();
        return line.length() <= max ? line : cut(line, max - 1).strip() + "…";
    }

    /** A text with line breaks, blanks in a row as one and at most one empty line at once; not cut. */
    public static String lines(String text) {
        String plain = BLANK_IN_LINE
                .matcher(CONTROL.matcher(seen(text)).replaceAll(" "))
                .replaceAll(" ");
        return EMPTY_LINES.matcher(plain).replaceAll("\n\n").strip();
    }

    /** A text whose blanks, tabs and empty lines stay, for tables and code; not cut. */
    public static String layout(String text) {
        return CONTROL_BUT_TABS.matcher(seen(text)).replaceAll(" ");
    }

    private static String seen(String text) {
        return UNSEEN.matcher(BREAK.matcher(text).replaceAll("\n")).replaceAll("");
    }

    /** The start of a text, not ending between the two halves of one character. */
    public static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }

    /**
     * A text as a JSON string in one line, which says the same: what can't be seen is written as escapes, so that names
     * and values can be given back as they are.
     *
     * @param max the most characters of the text, above 0; what is longer ends with "…"
     */
    public static String json(String text, int max) {
        String shown = text.length() <= max ? text : cut(text, max - 1) + "…";
        StringBuilder json = new StringBuilder(shown.length() + 2).append('"');
        shown.codePoints().forEach(each -> {
            if (each == '"' || each == '\\') {
                json.append('\\').append((char) each);
            } else if (mustEscape(each)) {
                for (char unit : Character.toChars(each)) {
                    json.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
            } else {
                json.appendCodePoint(each);
            }
        });
        return json.append('"').toString();
    }

    private static boolean mustEscape(int character) {
        int type = Character.getType(character);
        boolean isBreak = type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
        return Character.isISOControl(character)
                || isBreak
                || (character > '\u007f'
                        && UNSEEN.matcher(Character.toString(character)).matches());
    }

    /**
     * A text between marks, cleaned as by {@link #layout} and quoted as by {@link #quoted}.
     *
     * @param mark the name of the marks: words joined by "_", in small letters
     * @param source where the text is from, told in the first mark; left out when empty
     */
    public static String marked(String mark, String source, String text) {
        return opening(mark, source) + "\n" + quoted(layout(text)) + "\n" + closing(mark);
    }

    /** What stands before a marked text. */
    public static String opening(String mark, String source) {
        String from = quoted(line(source, 2_000)).replace('"', '\'');
        return "<" + requireName(mark) + (from.isEmpty() ? "" : " source=\"" + from + "\"") + ">";
    }

    /** What stands behind a marked text. */
    public static String closing(String mark) {
        return "</" + requireName(mark) + ">";
    }

    /** A text in which nothing looks like a mark: the brackets of those that do are replaced by ‹, › and ⟦. */
    public static String quoted(String text) {
        return untemplated(MARK.matcher(text).replaceAll("‹"));
    }

    /** A text in which nothing parts the messages of a conversation, for texts that have marks of their own. */
    public static String untemplated(String text) {
        return TEMPLATE.matcher(text).replaceAll(found -> switch (found.group().charAt(0)) {
            case '<' -> "‹";
            case '>' -> "›";
            default -> "⟦";
        });
    }

    /**
     * A piece of what a model says, as it may be shown: without control characters, which could steer a terminal.
     * Everything else stays, as joiners and marks of direction are a part of many languages.
     */
    public static String printable(String text) {
        return CONTROL_BUT_TABS.matcher(text).replaceAll("");
    }

    /**
     * Markdown of a model in which nothing is loaded when it is shown: pictures become links, and elements of HTML that
     * load something text. An address that is loaded by itself tells its server whatever the model put into it.
     */
    public static String unloaded(String markdown) {
        return LOADING.matcher(markdown).replaceAll(found -> found.group().equals("<") ? "‹" : "[");
    }

    /**
     * Markdown of anybody in which nothing is loaded or run when it is shown, whatever shows it: pictures become links,
     * HTML becomes text, and a link that leads to anything but a page or a mail is none. What stands between fences of code
     * that begin a line stays as it is.
     */
    public static String safeMarkdown(String markdown) {
        return SafeMarkdown.of(markdown);
    }

    private static String requireName(String mark) {
        if (!NAME.matcher(mark).matches()) {
            throw new IllegalArgumentException("mark must be words joined by \"_\" in small letters, was " + mark);
        }
        return mark;
    }
}
