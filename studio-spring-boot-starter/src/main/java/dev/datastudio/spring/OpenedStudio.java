package dev.datastudio.spring;

import dev.datastudio.core.Studio;

/** Is told of the studio before anybody else sees it. */
@FunctionalInterface
interface OpenedStudio {
    void opened(Studio studio);
}
