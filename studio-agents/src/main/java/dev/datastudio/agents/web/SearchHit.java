package dev.datastudio.agents.web;

import java.net.URI;
import java.util.Objects;

/**
 * A page that a search found. Title and text were written by strangers; control characters, characters that can't be
 * seen and line breaks are taken out. Immutable.
 *
 * @param title of at most 200 characters, never empty
 * @param address http or https, without a user name, of at most 2,000 characters
 * @param text an excerpt of at most 500 characters; empty when the service gave none
 */
public record SearchHit(String title, URI address, String text) {
    public SearchHit {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(text, "text");
    }
}
