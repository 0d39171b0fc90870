/** What features that keep their values in a metadata store share. */
@NullMarked
package dev.datastudio.core.metadata.internal;

import org.jspecify.annotations.NullMarked;
