/** What a training tells and keeps while it goes on. Row A4. */
@NullMarked
package dev.datastudio.ml.train;

import org.jspecify.annotations.NullMarked;
