/** Documents: added, read in the background, searched and asked. */
@NullMarked
package dev.datastudio.app.document;

import org.jspecify.annotations.NullMarked;
