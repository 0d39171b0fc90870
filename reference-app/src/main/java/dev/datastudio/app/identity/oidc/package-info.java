/** Sign-in through a provider of identities by OpenID Connect: what a provider proves of somebody, and nothing else. */
@NullMarked
package dev.datastudio.app.identity.oidc;

import org.jspecify.annotations.NullMarked;
