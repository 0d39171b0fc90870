/**
 * Databases that people connect: {@link dev.datastudio.core.source.Sources} keeps their connections per tenant, tests
 * them, reads their schema, answers SQL over them and imports from them; nothing is ever written to them.
 *
 * <pre>{@code
 * SourceSpec shop = SourceSpec.builder(SourceKind.POSTGRESQL, "Shop")
 *         .host("db.example.org").database("shop").user("reader").build();
 * Source source = sources.create(shop, Secret.of(password));
 * SourceSchema schema = sources.schema(source.id());
 * }</pre>
 */
@NullMarked
package dev.datastudio.core.source;

import org.jspecify.annotations.NullMarked;
