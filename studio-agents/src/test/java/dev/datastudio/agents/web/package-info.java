@NullMarked
package dev.datastudio.agents.web;

import org.jspecify.annotations.NullMarked;
