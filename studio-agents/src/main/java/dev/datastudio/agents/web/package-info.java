/**
 * Searching the web and reading its pages, for agents and programs: {@link dev.datastudio.agents.web.WebSearch}. What
 * comes from the web was written by strangers: it is cleaned, cut, carries its address, and is marked as data before a
 * model sees it.
 */
@NullMarked
package dev.datastudio.agents.web;

import org.jspecify.annotations.NullMarked;
