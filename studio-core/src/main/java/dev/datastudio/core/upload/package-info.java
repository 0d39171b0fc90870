/**
 * Files that come in two steps, first their bytes and then their import: {@link dev.datastudio.core.upload.Uploads}; and
 * imports that somebody watches rather than waits for: {@link dev.datastudio.core.upload.ImportJobs}.
 */
@NullMarked
package dev.datastudio.core.upload;

import org.jspecify.annotations.NullMarked;
