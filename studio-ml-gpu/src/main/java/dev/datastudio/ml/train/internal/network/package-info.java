/** Deep models on DJL and PyTorch: lists of layers, their training and what is kept of it. Row A4. */
@NullMarked
package dev.datastudio.ml.train.internal.network;

import org.jspecify.annotations.NullMarked;
