/**
 * What features that know nothing of documents ask of those that keep them: {@link
 * dev.datastudio.core.document.DocumentReader}.
 */
@NullMarked
package dev.datastudio.core.document;

import org.jspecify.annotations.NullMarked;
