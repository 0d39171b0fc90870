/**
 * What data tell without a target: groups of alike rows, principal components, unusual rows, and how a series of time goes
 * on. Row A27. {@link dev.datastudio.ml.explore.Explore} is the way in.
 */
@NullMarked
package dev.datastudio.ml.explore;

import org.jspecify.annotations.NullMarked;
