/** How files are fetched and unpacked. */
@NullMarked
package dev.datastudio.core.fetch.internal;

import org.jspecify.annotations.NullMarked;
