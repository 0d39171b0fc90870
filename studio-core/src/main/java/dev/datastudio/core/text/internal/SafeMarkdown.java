package dev.datastudio.core.text.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of Markdown what could load or run something. It errs to the safe side: what might be code by the rules of
 * CommonMark 0.31, but is not a fence at the beginning of a line, is cleaned as text.
 */
final class SafeMarkdown {
    /** A fence at the very beginning of a line ends every list and quotation, so what follows is code for everybody. */
    private static final Pattern FENCE = Pattern.compile("(`{3,})[^`]*|(~{3,}).*");

    private static final Pattern PICTURE = Pattern.compile("!(?=\\[)");
    private static final Pattern TAG = Pattern.compile("<(?=[\\p{L}/!?])");

    /** Where the target of a link begins: {@code ](}, and {@code ]:} of a definition; what follows up to a blank. */
    private static final Pattern TARGET = Pattern.compile("\\](\\(|:)([\\s<\\u2039]*)([^\\s)>]*)");

    private static final Pattern SCHEME = Pattern.compile("(?i)([a-z][a-z0-9+.-]*):.*", Pattern.DOTALL);

    private SafeMarkdown() {}

    static String of(String markdown) {
        StringBuilder safe = new StringBuilder(markdown.length());
        StringBuilder text = new StringBuilder();
        String fence = "";
        for (String line : markdown.split("(?<=\n)", -1)) {
            String bare = line.strip();
            if (!fence.isEmpty()) {
                safe.append(line);
                boolean isEnd = bare.startsWith(fence) && bare.chars().allMatch(each -> each == bare.charAt(0));
                fence = isEnd ? "" : fence;
                continue;
            }
            Matcher begin = FENCE.matcher(line.stripTrailing());
            if (begin.matches()) {
                safe.append(cleaned(text)).append(line);
                text.setLength(0);
                fence = begin.group(1) != null ? begin.group(1) : begin.group(2);
            } else {
                text.append(line);
            }
        }
        return safe.append(cleaned(text)).toString();
    }

    private static String cleaned(CharSequence text) {
        String unpictured = PICTURE.matcher(text).replaceAll("");
        String untagged = TAG.matcher(unpictured).replaceAll("\u2039");
        return TARGET.matcher(untagged)
                .replaceAll(found -> Matcher.quoteReplacement(
                        leadsAway(found.group(3))
                                ? "] " + found.group(1) + found.group(2) + found.group(3)
                                : found.group()));
    }

    /**
     * Whether a target is not surely a page, a mail, or a place of the same document. Character references and
     * backslashes before the end of the scheme could hide one.
     */
    private static boolean leadsAway(String target) {
        Matcher scheme = SCHEME.matcher(target);
        if (scheme.matches()) {
            String name = scheme.group(1).toLowerCase(java.util.Locale.ROOT);
            return !name.equals("https") && !name.equals("http") && !name.equals("mailto");
        }
        int end = target.indexOf('/');
        String beginning = end < 0 ? target : target.substring(0, end);
        return beginning.indexOf('&') >= 0 || beginning.indexOf('\\') >= 0 || beginning.indexOf(':') >= 0;
    }
}
