/** How projects are kept, summed up and made templates of. */
@NullMarked
package dev.datastudio.core.project.internal;

import org.jspecify.annotations.NullMarked;
