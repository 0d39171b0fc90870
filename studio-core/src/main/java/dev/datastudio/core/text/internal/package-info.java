/** Text that strangers wrote, made fit to be shown to models and people. */
@NullMarked
package dev.datastudio.core.text.internal;

import org.jspecify.annotations.NullMarked;
