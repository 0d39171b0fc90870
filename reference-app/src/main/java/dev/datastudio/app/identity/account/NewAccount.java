package dev.datastudio.app.identity.account;

/**
 * Somebody who wants an account. Immutable.
 *
 * @param email what they will sign in with
 * @param name what they are called
 * @param password at least 12 characters
 * @param organisation the name of the organisation that they begin
 */
public record NewAccount(String email, String name, String password, String organisation) {
    /** Without the password. */
    @Override
    public String toString() {
        return "NewAccount[" + email + "]";
    }
}
