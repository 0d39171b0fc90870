/** Who did what with which data: {@link dev.datastudio.core.audit.AuditLog}. */
@NullMarked
package dev.datastudio.core.audit;

import org.jspecify.annotations.NullMarked;
