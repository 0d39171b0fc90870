/** What every {@link dev.datastudio.api.chart.ChartRenderer} must do, and charts to prove it with. */
@NullMarked
package dev.datastudio.testkit.chart;

import org.jspecify.annotations.NullMarked;
