package dev.datastudio.agents.web;

import java.net.URI;
import java.util.List;
import java.util.Objects;

/**
 * A page of the web as text. All of it was written by strangers; control characters and characters that can't be seen
 * are taken out, and of HTML what a reader would not see. Immutable.
 *
 * @param address where redirects led to
 * @param title of at most 200 characters; empty when it has none
 * @param text its text, with line breaks
 * @param isCut whether the text goes on
 * @param links where its text leads to, in its order, each address once
 */
public record WebPage(URI address, String title, String text, boolean isCut, List<Link> links) {
    public WebPage {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(text, "text");
        links = List.copyOf(links);
    }

    /**
     * A link. Immutable.
     *
     * @param text what it reads, of at most 100 characters; empty for a picture
     * @param address http or https, without a user name, of at most 2,000 characters; not checked for where it leads
     */
    public record Link(String text, URI address) {
        public Link {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(address, "address");
        }
    }
}
