package dev.datastudio.app.document;

import java.util.Optional;

/** Page numbers, which not all formats have. */
final class Pages {
    private Pages() {}

    /** Nothing for 0, which stands for no page. */
    static Optional<Integer> known(int page) {
        return page > 0 ? Optional.of(page) : Optional.empty();
    }
}
