/** What several features of this module share; not part of the API. */
@NullMarked
package dev.datastudio.agents.internal;

import org.jspecify.annotations.NullMarked;
