/** What there is and how it is: capabilities, dashboard, settings, audit, usage. */
@NullMarked
package dev.datastudio.app.platform;

import org.jspecify.annotations.NullMarked;
