/** How table documentation is written down and searched by words. */
@NullMarked
package dev.datastudio.core.schema.internal;

import org.jspecify.annotations.NullMarked;
