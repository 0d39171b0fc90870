/** Contract tests and fixtures. */
@NullMarked
package dev.datastudio.testkit;

import org.jspecify.annotations.NullMarked;
