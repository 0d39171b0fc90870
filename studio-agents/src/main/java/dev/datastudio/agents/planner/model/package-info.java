/**
 * Questions read by a chat model: it is told the tables, and fills the same typed plan that the built-in planner makes,
 * which is checked and compiled alike.
 */
@NullMarked
package dev.datastudio.agents.planner.model;

import org.jspecify.annotations.NullMarked;
