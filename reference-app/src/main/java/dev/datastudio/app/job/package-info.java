/** Work in the background: lists, progress, cancelling. */
@NullMarked
package dev.datastudio.app.job;

import org.jspecify.annotations.NullMarked;
