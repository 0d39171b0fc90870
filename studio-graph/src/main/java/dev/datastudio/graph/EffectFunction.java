package dev.datastudio.graph;

/** Something done outside the state of a run, such as sending a message. */
@FunctionalInterface
public interface EffectFunction<T> {
    /**
     * Does it.
     *
     * @param idempotencyKey the same for every try of this effect, and no other's; give it to the receiver
     * @return the result, not null
     */
    T perform(String idempotencyKey) throws Exception;
}
