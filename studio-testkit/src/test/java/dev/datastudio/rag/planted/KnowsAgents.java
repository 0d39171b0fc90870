package dev.datastudio.rag.planted;

import dev.datastudio.agents.planted.KnowsCli;

/** A planted arrow that points sideways. */
public final class KnowsAgents extends KnowsCli {}
