/**
 * What is asked of data, as a typed plan, and how it is carried out.
 *
 * <p>An {@link dev.datastudio.core.analysis.AnalysisPlan} is the contract between whoever understands a question (the
 * built-in planner, a model) and the kernel: it is validated against the data sets, compiled to SQL with bound values,
 * run behind the gate and checked. A planner never writes SQL.
 */
@NullMarked
package dev.datastudio.core.analysis;

import org.jspecify.annotations.NullMarked;
