/** ONNX files, written by hand: what a few kinds of models need of the format, and no more. */
@NullMarked
package dev.datastudio.ml.onnx.internal;

import org.jspecify.annotations.NullMarked;
