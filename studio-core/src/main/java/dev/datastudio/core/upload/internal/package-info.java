/** How uploads and imports in the background are written down. */
@NullMarked
package dev.datastudio.core.upload.internal;

import org.jspecify.annotations.NullMarked;
