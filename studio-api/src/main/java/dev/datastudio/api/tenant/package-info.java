/** On whose behalf something happens: {@link dev.datastudio.api.tenant.Caller}. */
@NullMarked
package dev.datastudio.api.tenant;

import org.jspecify.annotations.NullMarked;
