/** What every model can do, what it learns from and how it is kept. Rows A3, A4. */
@NullMarked
package dev.datastudio.ml.train.internal.model;

import org.jspecify.annotations.NullMarked;
