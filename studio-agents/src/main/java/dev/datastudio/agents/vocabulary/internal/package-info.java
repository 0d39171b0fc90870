/** How formulas are read and taught words are kept; not for use outside this module. */
@NullMarked
package dev.datastudio.agents.vocabulary.internal;

import org.jspecify.annotations.NullMarked;
