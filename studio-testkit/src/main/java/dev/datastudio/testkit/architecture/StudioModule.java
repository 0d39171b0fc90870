package dev.datastudio.testkit.architecture;

import java.util.List;
import java.util.stream.Stream;

/** The modules of Studio, from the lowest layer up, each with the modules it may stand on. */
public enum StudioModule {
    /** Values and service-provider interfaces. */
    API("api", Kind.LIBRARY),
    /** The kernel. */
    CORE("core", Kind.LIBRARY),
    /** The graph engine, which knows nothing of data. */
    GRAPH("graph", Kind.LIBRARY),
    /** Questions, tools and agents. */
    AGENTS("agents", Kind.LIBRARY),
    /** Documents. */
    RAG("rag", Kind.LIBRARY),
    /** Training. */
    ML("ml", Kind.LIBRARY),
    /** Auto-configuration for Spring Boot. */
    SPRING("spring", Kind.LIBRARY),
    /** The command line. */
    CLI("cli", Kind.PROGRAM),
    /** The web application. */
    APP("app", Kind.PROGRAM),
    /** Contract tests for plug-in authors. */
    TESTKIT("testkit", Kind.LIBRARY),
    /** Measurements. */
    BENCHMARKS("benchmarks", Kind.PROGRAM);

    /** The package that all of Studio lives in. */
    public static final String ROOT = "dev.datastudio";

    private enum Kind {
        LIBRARY,
        PROGRAM
    }

    private final String name;
    private final Kind kind;

    StudioModule(String name, Kind kind) {
        this.name = name;
        this.kind = kind;
    }

    /** The package prefix that belongs to this module alone, such as {@code dev.datastudio.core}. */
    public String packagePrefix() {
        return ROOT + "." + name;
    }

    /** The modules this one may name, itself not included. */
    public List<StudioModule> lower() {
        return switch (this) {
            case API -> List.of();
            case CORE, GRAPH, TESTKIT -> List.of(API);
            case AGENTS, RAG, ML -> List.of(API, CORE, GRAPH);
            case SPRING, CLI -> List.of(API, CORE, GRAPH, AGENTS, RAG, ML);
            case APP -> List.of(API, CORE, GRAPH, AGENTS, RAG, ML, SPRING);
            case BENCHMARKS -> List.of(API, CORE, GRAPH, AGENTS, RAG, ML, CLI);
        };
    }

    /** Whether this is a library inside a host program, which must not write to the host's console. */
    public boolean isLibrary() {
        return kind == Kind.LIBRARY;
    }

    /** ArchUnit's pattern for everything in this module. */
    String everything() {
        return packagePrefix() + "..";
    }

    /** ArchUnit's patterns for everything that this module may name of Studio. */
    String[] reachable() {
        return Stream.concat(Stream.of(this), lower().stream())
                .map(StudioModule::everything)
                .toArray(String[]::new);
    }
}
