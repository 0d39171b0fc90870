/** What every vault must do: {@link dev.datastudio.testkit.secret.SecretVaultContract}. */
@NullMarked
package dev.datastudio.testkit.secret;

import org.jspecify.annotations.NullMarked;
