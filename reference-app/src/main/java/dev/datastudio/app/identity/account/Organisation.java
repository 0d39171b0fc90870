package dev.datastudio.app.identity.account;

import java.util.Objects;

/**
 * Those who work together and see the same things: a tenant. Immutable.
 *
 * @param id the tenant
 * @param name what it is called
 * @param revision rises with each change of the name
 */
public record Organisation(String id, String name, long revision) {
    public Organisation {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
    }
}
