/** The scene list, the layout of each kind of chart, and the writers of PNG and SVG. */
@NullMarked
package dev.datastudio.core.chart.internal;

import org.jspecify.annotations.NullMarked;
