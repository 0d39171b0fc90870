/**
 * Data cleaning as recorded steps: types, missing values, duplicates, outliers, texts, columns and rows. Cleaning gives
 * a new version of a data set and leaves the old one as it is; what was done stands in the version's origin and can be
 * done again. Start at {@link dev.datastudio.core.cleaning.DatasetCleaning}.
 */
@NullMarked
package dev.datastudio.core.cleaning;

import org.jspecify.annotations.NullMarked;
