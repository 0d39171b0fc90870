/** What every {@link dev.datastudio.api.search.SearchIndex} must do, and how well retrieval finds what it should. */
@NullMarked
package dev.datastudio.testkit.search;

import org.jspecify.annotations.NullMarked;
