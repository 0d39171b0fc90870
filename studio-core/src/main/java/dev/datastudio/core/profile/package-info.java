/** What the columns of a data set hold, in numbers. Start at {@link dev.datastudio.core.profile.Profiles}. */
@NullMarked
package dev.datastudio.core.profile;

import org.jspecify.annotations.NullMarked;
