/**
 * The people of a web application and how they prove who they are: {@link
 * dev.datastudio.app.identity.account.Accounts}, {@link dev.datastudio.app.identity.account.Sessions}, {@link
 * dev.datastudio.app.identity.account.PersonalTokens}. All of it is kept in the metadata store.
 */
@NullMarked
package dev.datastudio.app.identity.account;

import org.jspecify.annotations.NullMarked;
