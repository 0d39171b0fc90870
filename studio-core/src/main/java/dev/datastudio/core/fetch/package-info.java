/**
 * Files from the web, fetched so that no address inside the host's own network can be reached. Start at
 * {@link dev.datastudio.core.fetch.Fetch}; {@link dev.datastudio.core.fetch.UrlGuard} tells which addresses may be
 * reached, {@link dev.datastudio.core.fetch.Kaggle} fetches the data sets of kaggle.com.
 *
 * <pre>{@code
 * FetchedFile file = Fetch.DEFAULT.download(URI.create("https://example.org/sales.csv"), folder, FetchOptions.DEFAULT);
 * }</pre>
 */
@NullMarked
package dev.datastudio.core.fetch;

import org.jspecify.annotations.NullMarked;
