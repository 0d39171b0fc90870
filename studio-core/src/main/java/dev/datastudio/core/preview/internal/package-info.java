/** How files are recognised and made readable. */
@NullMarked
package dev.datastudio.core.preview.internal;

import org.jspecify.annotations.NullMarked;
