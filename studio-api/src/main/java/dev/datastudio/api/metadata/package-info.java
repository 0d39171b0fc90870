/**
 * Small things that a studio keeps for its people: sources, projects, notes, conversations, rules, audit. The interface
 * is {@link dev.datastudio.api.metadata.MetadataStore}.
 */
@NullMarked
package dev.datastudio.api.metadata;

import org.jspecify.annotations.NullMarked;
