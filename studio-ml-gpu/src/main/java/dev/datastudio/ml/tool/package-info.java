/**
 * The tools with which a model or a person trains and uses models: {@code train_ml_model}, {@code train_dl_model}, {@code
 * predict_with_model}, {@code generate_rows}, {@code list_trained_models} and {@code describe_trained_model}.
 */
@NullMarked
package dev.datastudio.ml.tool;

import org.jspecify.annotations.NullMarked;
