/** What is shown before something is deleted: the things that rest on it. */
@NullMarked
package dev.datastudio.app.dependant;

import org.jspecify.annotations.NullMarked;
