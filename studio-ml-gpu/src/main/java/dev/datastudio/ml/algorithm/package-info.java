/** What can be trained, with its parameters, their ranges and their defaults. Rows A3, A25. */
@NullMarked
package dev.datastudio.ml.algorithm;

import org.jspecify.annotations.NullMarked;
