/** What is to be trained, on which columns, how they are prepared and how the model is judged. Rows A3, A24. */
@NullMarked
package dev.datastudio.ml.spec;

import org.jspecify.annotations.NullMarked;
