package dev.datastudio.ml.explore;

/** What is looked for in rows without a target: the same spec and data find the same. As JSON by {@link ExploreSpecJson}. */
public sealed interface ExploreSpec permits ClusterSpec, ComponentSpec, AnomalySpec, ForecastSpec {}
