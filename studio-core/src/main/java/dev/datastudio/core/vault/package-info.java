/**
 * Secrets encrypted at rest: {@link dev.datastudio.core.vault.KeyFileVault} with a key in the workspace,
 * {@link dev.datastudio.core.vault.ExternalKeyVault} with a key that the host program gives.
 */
@NullMarked
package dev.datastudio.core.vault;

import org.jspecify.annotations.NullMarked;
