package dev.datastudio.agents.web.internal;

import dev.datastudio.agents.web.PageLimits;
import dev.datastudio.agents.web.WebPage;
import dev.datastudio.core.text.internal.OutsideText;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/**
 * What a reader sees of a page, in its order: the main part where the page names one, without scripts, menus, forms and
 * what is hidden. Immutable.
 *
 * @param links where the text leads to
 */
record HtmlText(String text, List<WebPage.Link> links) {
    private static final int MAX_LINK_TEXT = 100;

    /** Shorter than this, what a page calls its main part is only a frame that a script fills. */
    private static final int MIN_MAIN = 200;

    private static final Set<String> UNREAD = Set.of(
            "script",
            "style",
            "noscript",
            "template",
            "svg",
            "math",
            "iframe",
            "object",
            "embed",
            "canvas",
            "audio",
            "video",
            "head",
            "form",
            "button",
            "select",
            "textarea",
            "dialog");
    private static final Set<String> HEADINGS = Set.of("h1", "h2", "h3", "h4", "h5", "h6");
    private static final Set<String> PARAGRAPHS =
            Set.of("h1", "h2", "h3", "h4", "h5", "h6", "p", "table", "ul", "ol", "pre", "blockquote");
    private static final Pattern BLANK = Pattern.compile("\\s+");
    private static final Pattern UNREADABLE = Pattern.compile(
            "display:none|visibility:hidden|(?:^|;)(?:font-size|opacity):0(?:\\.0*)?(?:px|pt|em|rem|%)?(?:$|[;!])");
    private static final Set<String> AROUND = Set.of("nav", "footer", "aside");

    static HtmlText of(Document document, PageLimits limits) {
        HtmlText whole = of(document.body(), limits);
        Element main = document.selectFirst("main, [role=main], article");
        if (main == null) {
            return whole;
        }
        HtmlText part = of(main, limits);
        return part.text().length() >= MIN_MAIN ? part : whole;
    }

    private static HtmlText of(Element element, PageLimits limits) {
        Reading reading = new Reading(limits);
        NodeTraversor.filter(reading, element);
        return new HtmlText(reading.text.toString(), List.copyOf(reading.links.values()));
    }

    /** One walk through a page. Not thread-safe. */
    private static final class Reading implements NodeFilter {
        private final PageLimits limits;
        private final StringBuilder text = new StringBuilder();
        private final Map<URI, WebPage.Link> links = new LinkedHashMap<>();

        private Reading(PageLimits limits) {
            this.limits = limits;
        }

        @Override
        public FilterResult head(Node node, int depth) {
            if (node instanceof TextNode words) {
                append(BLANK.matcher(words.getWholeText()).replaceAll(" "));
            } else if (node instanceof Element element) {
                String name = element.normalName();
                if (UNREAD.contains(name) || AROUND.contains(name) || isHidden(element)) {
                    return FilterResult.SKIP_ENTIRELY;
                }
                begin(element, name);
            }
            return FilterResult.CONTINUE;
        }

        private void begin(Element element, String name) {
            if (name.equals("br") || isLine(element, name)) {
                endLine();
            }
            if (HEADINGS.contains(name)) {
                text.append("#".repeat(name.charAt(1) - '0')).append(' ');
            } else if (name.equals("li")) {
                text.append("- ");
            } else if (name.equals("a") && links.size() < limits.maxLinks()) {
                WebAddress.of(element.absUrl("href"))
                        .ifPresent(address -> links.putIfAbsent(
                                address, new WebPage.Link(OutsideText.line(element.text(), MAX_LINK_TEXT), address)));
            }
        }

        private static boolean isLine(Element element, String name) {
            return element.isBlock() && !name.equals("td") && !name.equals("th");
        }

        /** Blanks between two elements count once, and not where a line begins. */
        private void append(String words) {
            boolean isAfterBlank = text.isEmpty() || Character.isWhitespace(text.charAt(text.length() - 1));
            text.append(isAfterBlank ? words.stripLeading() : words);
        }

        private void endLine() {
            while (!text.isEmpty() && text.charAt(text.length() - 1) == ' ') {
                text.setLength(text.length() - 1);
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
                text.append('\n');
            }
        }

        @Override
        public FilterResult tail(Node node, int depth) {
            if (node instanceof Element element) {
                String name = element.normalName();
                if (name.equals("td") || name.equals("th")) {
                    text.append(" | ");
                } else if (PARAGRAPHS.contains(name)) {
                    endLine();
                    text.append('\n');
                } else if (isLine(element, name)) {
                    endLine();
                }
            }
            return FilterResult.CONTINUE;
        }

        /** By its own attributes; style sheets are not loaded. */
        private static boolean isHidden(Element element) {
            String style = element.attr("style");
            return element.hasAttr("hidden")
                    || element.attr("aria-hidden").equalsIgnoreCase("true")
                    || (!style.isEmpty() && UNREADABLE.matcher(compact(style)).find());
        }

        private static String compact(String style) {
            return BLANK.matcher(style.toLowerCase(Locale.ROOT)).replaceAll("");
        }
    }
}
