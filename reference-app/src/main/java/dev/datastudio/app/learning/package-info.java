/** Trained models: training as jobs, lists, cards, predictions. */
@NullMarked
package dev.datastudio.app.learning;

import org.jspecify.annotations.NullMarked;
