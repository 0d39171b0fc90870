package dev.datastudio.app.web;

import org.springframework.web.filter.OncePerRequestFilter;

/** A filter that a request meets once, and that puts the name of its mark together once instead of for each request. */
public abstract class OnceFilter extends OncePerRequestFilter {
    private final String mark = getClass().getName() + ALREADY_FILTERED_SUFFIX;

    @Override
    protected String getAlreadyFilteredAttributeName() {
        return mark;
    }
}
