/** How profiles are computed, compared and drawn. */
@NullMarked
package dev.datastudio.core.profile.internal;

import org.jspecify.annotations.NullMarked;
