package dev.datastudio.agents.web;

import dev.datastudio.agents.web.internal.PageReader;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.fetch.Fetch;
import dev.datastudio.core.fetch.FetchOptions;
import dev.datastudio.core.fetch.FetchedBytes;
import dev.datastudio.core.fetch.UrlGuard;
import java.net.URI;
import java.util.Objects;

/**
 * Reads pages of the web as text. Each address, that of a redirect too, passes a {@link UrlGuard}, and the connection
 * goes to the machine that was checked. No script runs, nothing that a page names is loaded, no cookie is kept.
 * Immutable, thread-safe.
 */
public final class WebPages {
    private final Fetch fetch;
    private final PageLimits limits;

    private WebPages(Fetch fetch, PageLimits limits) {
        this.fetch = fetch;
        this.limits = limits;
    }

    /** Reaches what a guard lets through. */
    public static WebPages with(UrlGuard guard, PageLimits limits) {
        return new WebPages(Fetch.with(guard), Objects.requireNonNull(limits, "limits"));
    }

    /**
     * Reads a page. Blocks.
     *
     * @throws StudioException with {@link ErrorCode#URL_REFUSED} when an address may not be reached,
     *     {@link ErrorCode#URL_UNREACHABLE}, {@link ErrorCode#LIMIT_EXCEEDED} when it is too large or takes too long,
     *     {@link ErrorCode#DOCUMENT_UNREADABLE} when it is no text, {@link ErrorCode#CANCELLED}
     */
    public WebPage fetch(URI address, Cancellation cancellation) {
        FetchOptions options = FetchOptions.DEFAULT
                .withMaxBytes(limits.maxBytes())
                .withMaxTime(limits.maxTime())
                .stoppedBy(cancellation);
        FetchedBytes fetched = fetch.read(address, options);
        return PageReader.read(fetched, limits);
    }
}
