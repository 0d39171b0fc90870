package dev.datastudio.agents.web.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Text of strangers, as a model may see it: without control characters and what can't be seen (zero-width, text
 * direction, tags, fillers, private use), and of bounded length.
 */
public final class WebText {
    private static final int MAX_ADDRESS = 2_000;

    /** Taken out rather than replaced: soft hyphens and joiners stand within words. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cf}\\p{Co}\\p{Cs}\\x{E0000}-\\x{E0FFF}"
            + "\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2800\\u3164\\uFE00-\\uFE0F\\uFFA0]+");

    private static final Pattern BREAK = Pattern.compile("\\r\\n?|[\\u0085\\u2028\\u2029]");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n]]+");
    private static final Pattern BLANK = Pattern.compile("[\\p{Cc}\\p{Z}]+");
    private static final Pattern BLANK_IN_LINE = Pattern.compile("[\\p{Z}&&[^\\n]]+");
    private static final Pattern EMPTY_LINES = Pattern.compile("\\n\\s*\\n\\s*");

    private WebText() {}

    /** A text in one line. */
    public static String line(String text, int max) {
        String clean = UNSEEN.matcher(cut(text, 10 * max)).replaceAll("");
        String line = BLANK.matcher(clean).replaceAll(" ").strip();
        return line.length() <= max ? line : cut(line, max - 1).strip() + "…";
    }

    /** A text with line breaks and at most one empty line at once; not cut. */
    public static String lines(String text) {
        String seen = UNSEEN.matcher(BREAK.matcher(text).replaceAll("\n")).replaceAll("");
        String plain =
                BLANK_IN_LINE.matcher(CONTROL.matcher(seen).replaceAll(" ")).replaceAll(" ");
        return EMPTY_LINES.matcher(plain).replaceAll("\n\n").strip();
    }

    /** The start of a text, not ending between the two halves of one character. */
    public static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }

    /** An address that may be shown: of the web, without a user name, short, in ASCII; otherwise empty. */
    public static Optional<URI> address(String text) {
        try {
            URI uri = new URI(new URI(text.strip()).toASCIIString());
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean isWeb = scheme.equals("http") || scheme.equals("https");
            boolean isPlain = uri.getHost() != null && uri.getRawUserInfo() == null;
            return isWeb && isPlain && uri.toString().length() <= MAX_ADDRESS ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty(); // what is no address leads nowhere
        }
    }
}
