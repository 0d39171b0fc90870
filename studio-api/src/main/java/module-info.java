/** Values and service-provider interfaces of Studio; stands on the JDK, SLF4J and JSpecify only. */
module dev.datastudio.api {
    requires static transitive org.jspecify;

    exports dev.datastudio.api.artifact;
    exports dev.datastudio.api.chart;
    exports dev.datastudio.api.checkpoint;
    exports dev.datastudio.api.code;
    exports dev.datastudio.api.cache;
    exports dev.datastudio.api.dataset;
    exports dev.datastudio.api.embedding;
    exports dev.datastudio.api.error;
    exports dev.datastudio.api.job;
    exports dev.datastudio.api.metadata;
    exports dev.datastudio.api.progress;
    exports dev.datastudio.api.query;
    exports dev.datastudio.api.relation;
    exports dev.datastudio.api.search;
    exports dev.datastudio.api.secret;
    exports dev.datastudio.api.tenant;
    exports dev.datastudio.api.tool;
}
