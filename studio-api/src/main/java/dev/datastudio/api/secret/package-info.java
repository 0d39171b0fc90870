/** Secrets and where they are kept: {@link dev.datastudio.api.secret.SecretVault}. */
@NullMarked
package dev.datastudio.api.secret;

import org.jspecify.annotations.NullMarked;
