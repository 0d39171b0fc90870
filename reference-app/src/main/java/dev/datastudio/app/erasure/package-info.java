/** What goes with a person who is deleted. */
@NullMarked
package dev.datastudio.app.erasure;

import org.jspecify.annotations.NullMarked;
