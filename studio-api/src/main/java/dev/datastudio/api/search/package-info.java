/**
 * Finding passages of text by their words and by their meaning: a {@link dev.datastudio.api.search.SearchIndex} keeps
 * them, whatever wrote them (documents, descriptions of tables).
 */
@NullMarked
package dev.datastudio.api.search;

import org.jspecify.annotations.NullMarked;
