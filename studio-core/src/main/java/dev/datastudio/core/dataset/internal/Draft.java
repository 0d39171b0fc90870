package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.Origin;

/**
 * A version before it is in the catalogue. Immutable.
 *
 * @param name what the data set is called
 * @param wantedTable its name in SQL; empty for one made from the name
 * @param contentHash of the rows and what they mean
 * @param origin where they came from
 * @param table what was stored
 * @param rejected what was left out
 * @param source the file it was read from
 */
record Draft(
        String name,
        String wantedTable,
        String contentHash,
        Origin origin,
        ImportedTable table,
        Rejected rejected,
        Catalogue.Source source) {}
