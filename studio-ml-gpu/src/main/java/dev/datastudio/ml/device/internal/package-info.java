/** How cards are found. */
@NullMarked
package dev.datastudio.ml.device.internal;

import org.jspecify.annotations.NullMarked;
