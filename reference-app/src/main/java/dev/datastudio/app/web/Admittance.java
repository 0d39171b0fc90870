package dev.datastudio.app.web;

import org.springframework.security.core.Authentication;

/** Knows whether somebody who was let in would be let in again now. Implemented where sessions are kept. Thread-safe. */
@FunctionalInterface
public interface Admittance {
    /**
     * Whether that holds; for somebody who was let in otherwise, always.
     *
     * @param who as the request came
     */
    boolean isCurrent(Authentication who);
}
