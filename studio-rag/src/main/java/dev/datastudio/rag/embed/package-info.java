/**
 * Embedders: {@link dev.datastudio.rag.embed.BgeSmallEmbedder} runs in this process and needs no key, {@link
 * dev.datastudio.rag.embed.LangChain4jEmbedder} asks any model that LangChain4j speaks to, and {@link
 * dev.datastudio.rag.embed.CachingEmbedder} keeps the vectors of either.
 */
@NullMarked
package dev.datastudio.rag.embed;

import org.jspecify.annotations.NullMarked;
