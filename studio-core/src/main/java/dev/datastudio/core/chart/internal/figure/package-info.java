/** Figures written by hand for plotly.js: what they may hold, and which of them are charts that can be drawn here. */
@NullMarked
package dev.datastudio.core.chart.internal.figure;

import org.jspecify.annotations.NullMarked;
