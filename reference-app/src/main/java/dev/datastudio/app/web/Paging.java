package dev.datastudio.app.web;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which page of a list is asked for: the parameters {@code limit} and {@code after} of a route. Immutable.
 *
 * @param limit how many items at most, 1 to {@link #MAX_LIMIT}
 * @param after the {@link PageOf#next()} of the page before; empty for the first
 */
public record Paging(int limit, String after) {
    /** How many items when nobody says. */
    public static final String DEFAULT_LIMIT = "50";

    /** How many items at most. */
    public static final int MAX_LIMIT = 200;

    /** @throws StudioException {@link ErrorCode#INVALID_ARGUMENT} when the limit is out of range */
    public Paging {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "limit must be in 1.." + MAX_LIMIT + ", was " + limit,
                    "Ask for fewer items and follow 'next'");
        }
    }

    /**
     * The page of a list that is there as a whole.
     *
     * @param id names an item within the list
     * @throws StudioException {@link ErrorCode#INVALID_ARGUMENT} when the page before ended with an item that is gone
     */
    public <T> PageOf<T> of(List<T> all, Function<T, String> id) {
        List<T> rest = rest(all, id);
        int to = Math.min(rest.size(), limit);
        Optional<String> next = to < rest.size() ? Optional.of(id.apply(rest.get(to - 1))) : Optional.empty();
        return new PageOf<>(rest.subList(0, to), next);
    }

    /**
     * What comes after the page before, all of it.
     *
     * @throws StudioException as {@link #of}
     */
    public <T> List<T> rest(List<T> all, Function<T, String> id) {
        return after.isEmpty() ? all : all.subList(position(all, id) + 1, all.size());
    }

    private <T> int position(List<T> all, Function<T, String> id) {
        for (int i = 0; i < all.size(); i++) {
            if (id.apply(all.get(i)).equals(after)) {
                return i;
            }
        }
        throw new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "There is no page after " + StudioException.quote(after),
                "Begin again at the first page");
    }
}
