package dev.datastudio.spring;

import dev.datastudio.core.StudioBuilder;

/** A bean that has the last word on how the studio is composed. Called once, before the studio is opened. */
@FunctionalInterface
public interface StudioCustomizer {
    /** Sets what properties and beans can't say. */
    void customize(StudioBuilder builder);
}
