/** The web pages, as files that the browser keeps as long as it may. */
@NullMarked
package dev.datastudio.app.page;

import org.jspecify.annotations.NullMarked;
