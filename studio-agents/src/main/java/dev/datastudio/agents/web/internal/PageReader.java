package dev.datastudio.agents.web.internal;

import dev.datastudio.agents.web.PageLimits;
import dev.datastudio.agents.web.WebPage;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.fetch.FetchedBytes;
import dev.datastudio.core.fetch.UrlGuard;
import dev.datastudio.core.text.internal.OutsideText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;

/** Makes a page of what was fetched, by what the server says it is. */
public final class PageReader {
    private static final int MAX_TITLE = 200;
    private static final int MAX_DEPTH = 512;
    private static final Set<String> HTML = Set.of("text/html", "application/xhtml+xml");
    private static final Set<String> DATA = Set.of(
            "application/json",
            "application/ld+json",
            "application/xml",
            "application/rss+xml",
            "application/atom+xml");

    private PageReader() {}

    /**
     * The page.
     *
     * @throws StudioException with {@link ErrorCode#DOCUMENT_UNREADABLE} when it is no text
     */
    public static WebPage read(FetchedBytes fetched, PageLimits limits) {
        if (HTML.contains(fetched.contentType())) {
            return html(fetched, limits);
        } else if (fetched.contentType().startsWith("text/") || DATA.contains(fetched.contentType())) {
            Charset charset = charset(fetched).orElse(StandardCharsets.UTF_8);
            return page(fetched, "", new String(bytes(fetched), charset), List.of(), limits);
        }
        String type = fetched.contentType().isEmpty()
                ? "has no type"
                : "is of type " + StudioException.quote(fetched.contentType());
        throw new StudioException(
                ErrorCode.DOCUMENT_UNREADABLE,
                "What is at " + StudioException.quote(UrlGuard.printable(fetched.address())) + " " + type
                        + ", not a page of text",
                "Fetch a page of text; other files can be downloaded and added as documents");
    }

    private static WebPage html(FetchedBytes fetched, PageLimits limits) {
        String charset = charset(fetched).map(Charset::name).orElse(null);
        try (InputStream in = fetched.open()) {
            Parser parser = Parser.htmlParser().setMaxDepth(MAX_DEPTH);
            Document document = Jsoup.parse(in, charset, fetched.address().toString(), parser);
            String title = OutsideText.line(document.title(), MAX_TITLE);
            HtmlText text = HtmlText.of(document, limits);
            return page(fetched, title, text.text(), text.links(), limits);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory can be read", e);
        }
    }

    private static WebPage page(
            FetchedBytes fetched, String title, String text, List<WebPage.Link> links, PageLimits limits) {
        String clean = OutsideText.lines(text);
        String cut = OutsideText.cut(clean, limits.maxCharacters());
        return new WebPage(fetched.address(), title, cut, cut.length() < clean.length(), links);
    }

    /** The encoding that the server names, when there is one of that name. */
    private static Optional<Charset> charset(FetchedBytes fetched) {
        try {
            return !fetched.charset().isEmpty() && Charset.isSupported(fetched.charset())
                    ? Optional.of(Charset.forName(fetched.charset()))
                    : Optional.empty();
        } catch (IllegalCharsetNameException e) {
            return Optional.empty(); // as good as none: browsers look into the page then, too
        }
    }

    private static byte[] bytes(FetchedBytes fetched) {
        try (InputStream in = fetched.open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory can be read", e);
        }
    }
}
