package dev.datastudio.graph.json;

import dev.datastudio.graph.GraphException.Problem;
import dev.datastudio.graph.json.internal.JsonSchema;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A kind of node that saved graphs may use: its ports, the JSON Schema of its configuration, and what makes its work. A
 * host program makes its own and adds them to {@link NodeTypes}. Immutable; the functions given must be thread-safe.
 *
 * <pre>{@code
 * NodeType upper = NodeType.define("acme.upper", 1)
 *         .title("Upper case")
 *         .inputs(Port.required("text", PortType.TEXT))
 *         .outputs(Port.required("text", PortType.TEXT))
 *         .work(config -> (inputs, context) -> Values.of("text", inputs.text("text").toUpperCase(Locale.ROOT)))
 *         .build();
 * }</pre>
 */
public final class NodeType {
    private static final Pattern ID = Pattern.compile("[a-z][A-Za-z0-9_-]*(\\.[A-Za-z0-9_][A-Za-z0-9_-]*)*");
    private static final int MAX_ID = 80;
    private static final int MAX_CATEGORY = 40;
    private static final String OTHER = "Other";
    private static final String NO_CONFIG = "{\"type\":\"object\",\"additionalProperties\":false}";

    /** What a node stands for in its graph. */
    public enum Role {
        /** Works on what arrives. */
        WORK,
        /** Gives a value to exactly one of its outputs, which all are optional, and so chooses a branch. */
        CHOICE,
        /**
         * An input of the graph, named by {@code config.name}: its work gets what the graph was given, if anything, as
         * {@code given}. Optional when the configuration has a {@code default}.
         */
        INPUT,
        /** An output of the graph, named by {@code config.name}: what its work gives as {@code value}. */
        OUTPUT,
        /** Runs another graph once; made by Studio only. */
        SUBGRAPH,
        /** Runs another graph for each element of a list; made by Studio only. */
        MAP
    }

    private final Builder parts;
    private final JsonSchema schema;

    private NodeType(Builder parts) {
        this.parts = parts;
        this.schema = JsonSchema.parse(parts.schema);
    }

    /**
     * Begins a type.
     *
     * @param id words of letters, digits, '_' and '-', joined by dots, the first beginning with a small letter, such as
     *     {@code acme.upper}; at most 80 characters
     * @param version at least 1; raise it when older configurations have to be changed, and tell how with {@link
     *     Builder#migrate}
     */
    public static Builder define(String id, int version) {
        return new Builder(id, version);
    }

    /** What saved nodes name it by. */
    public String id() {
        return parts.id;
    }

    /** The version that configurations are written for. */
    public int version() {
        return parts.version;
    }

    /** What people call it. */
    public String title() {
        return parts.title;
    }

    /** What it does, in a sentence; may be empty. */
    public String description() {
        return parts.description;
    }

    /** The heading that editors show it under, such as {@code Text}. */
    public String category() {
        return parts.category;
    }

    /** What its nodes stand for. */
    public Role role() {
        return parts.role;
    }

    /** The JSON Schema of the configuration, for editors that make a form of it. */
    public String configSchema() {
        return parts.schema;
    }

    /** The versions that it can migrate from, to the next one each. */
    public Set<Integer> migratesFrom() {
        return Set.copyOf(parts.migrations.keySet());
    }

    /**
     * The inputs of a node with this configuration. A node that runs another graph has that graph's inputs, which {@link
     * GraphCompiler#inputs(SavedNode)} tells.
     *
     * @param config without problems
     */
    public List<Port> inputs(Values config) {
        return List.copyOf(parts.inputs.apply(config));
    }

    /** The outputs of a node with this configuration, as {@link #inputs}. */
    public List<Port> outputs(Values config) {
        return List.copyOf(parts.outputs.apply(config));
    }

    /** Whether the ports of a node are as its configuration says; else each node has the same. */
    public boolean hasPortsByConfig() {
        return parts.portsByConfig || parts.role == Role.SUBGRAPH || parts.role == Role.MAP;
    }

    /** The work of a node with this configuration, which has no problems. */
    public NodeWork work(Values config) {
        return parts.work.orElseThrow().apply(config);
    }

    /** What is wrong with a configuration; the words begin with the place in it, as a JSON pointer. */
    public List<Problem> problems(Values config) {
        List<Problem> problems = schema.problems(config.all());
        return problems.isEmpty() ? List.copyOf(parts.check.apply(config)) : problems;
    }

    /** The configuration changed from a version to the next, when there is a way. */
    public Optional<Values> migrated(int fromVersion, Values config) {
        return Optional.ofNullable(parts.migrations.get(fromVersion)).map(step -> step.apply(config));
    }

    @Override
    public String toString() {
        return parts.id + " " + parts.version;
    }

    /** Collects the parts of a type; {@link #build()} checks them. Not thread-safe. */
    public static final class Builder {
        private final String id;
        private final int version;
        private final Map<Integer, UnaryOperator<Values>> migrations = new TreeMap<>();
        private String title;
        private String description = "";
        private String category = OTHER;
        private String schema = NO_CONFIG;
        private Role role = Role.WORK;
        private boolean portsByConfig;
        private Function<Values, List<Port>> inputs = config -> List.of();
        private Function<Values, List<Port>> outputs = config -> List.of();
        private Function<Values, List<Problem>> check = config -> List.of();
        private Optional<Function<Values, NodeWork>> work = Optional.empty();

        private Builder(String id, int version) {
            if (!ID.matcher(id).matches() || id.length() > MAX_ID) {
                throw new IllegalArgumentException(
                        "id must be words joined by dots, the first beginning with a small letter, "
                                + "at most 80 characters, was '" + id + "'");
            }
            if (version < 1) {
                throw new IllegalArgumentException("version must be at least 1, was " + version);
            }
            this.id = id;
            this.version = version;
            this.title = id;
        }

        /** What people call it; its id when nothing is given. */
        public Builder title(String value) {
            title = Objects.requireNonNull(value, "title");
            return this;
        }

        /** What it does, in a sentence. */
        public Builder description(String value) {
            description = Objects.requireNonNull(value, "description");
            return this;
        }

        /**
         * The heading that editors show it under; {@code Other} when nothing is given.
         *
         * @param value 1 to 40 characters, not blank
         */
        public Builder category(String value) {
            if (value.isBlank() || value.length() > MAX_CATEGORY) {
                throw new IllegalArgumentException(
                        "category must have 1 to " + MAX_CATEGORY + " characters, was '" + value + "'");
            }
            category = value;
            return this;
        }

        /** What its nodes stand for; {@link Role#WORK} when nothing is given. */
        public Builder role(Role value) {
            role = Objects.requireNonNull(value, "role");
            return this;
        }

        /**
         * The JSON Schema of the configuration; without one it takes none. Of the draft 2020-12 these words count: type,
         * enum, const, properties, required, additionalProperties, items, minItems, maxItems, uniqueItems, minimum,
         * maximum, exclusiveMinimum, exclusiveMaximum, minLength, maxLength, anyOf. Words that only describe are let
         * through; any other, also one that is mistyped, is refused by {@link #build()}.
         */
        public Builder config(String jsonSchema) {
            schema = Objects.requireNonNull(jsonSchema, "jsonSchema");
            return this;
        }

        /** The inputs of each node. */
        public Builder inputs(Port... ports) {
            List<Port> fixed = distinct(List.of(ports));
            inputs = config -> fixed;
            return this;
        }

        /** The inputs of a node, as its configuration says. */
        public Builder inputs(Function<Values, List<Port>> ports) {
            inputs = config -> distinct(ports.apply(config));
            portsByConfig = true;
            return this;
        }

        /** The outputs of each node. */
        public Builder outputs(Port... ports) {
            List<Port> fixed = outputs(List.of(ports));
            outputs = config -> fixed;
            return this;
        }

        /** The outputs of a node, as its configuration says. */
        public Builder outputs(Function<Values, List<Port>> ports) {
            outputs = config -> outputs(ports.apply(config));
            portsByConfig = true;
            return this;
        }

        /** What a schema can't say about a configuration; asked when the schema has nothing to say. */
        public Builder check(Function<Values, List<Problem>> problems) {
            check = Objects.requireNonNull(problems, "problems");
            return this;
        }

        /** Changes a configuration of a version into one of the next. */
        public Builder migrate(int fromVersion, UnaryOperator<Values> change) {
            if (fromVersion < 1 || fromVersion >= version) {
                throw new IllegalArgumentException(
                        "fromVersion must be in 1.." + (version - 1) + ", was " + fromVersion);
            }
            migrations.put(fromVersion, Objects.requireNonNull(change, "change"));
            return this;
        }

        /** Makes the work of a node from its configuration. */
        public Builder work(Function<Values, NodeWork> factory) {
            work = Optional.of(factory);
            return this;
        }

        /**
         * The type.
         *
         * @throws IllegalArgumentException if the schema is no JSON Schema of the words above, or the work is missing
         */
        public NodeType build() {
            boolean runsGraph = role == Role.SUBGRAPH || role == Role.MAP;
            if (work.isEmpty() && !runsGraph) {
                throw new IllegalArgumentException("work must be given for node type '" + id + "'");
            }
            return new NodeType(copy());
        }

        private Builder copy() {
            Builder copy = new Builder(id, version);
            copy.migrations.putAll(migrations);
            copy.title = title;
            copy.description = description;
            copy.category = category;
            copy.portsByConfig = portsByConfig;
            copy.schema = schema;
            copy.role = role;
            copy.inputs = inputs;
            copy.outputs = outputs;
            copy.check = check;
            copy.work = work;
            return copy;
        }

        private static List<Port> outputs(List<Port> ports) {
            for (Port port : ports) {
                if (port.presence() == Port.Presence.MANY) {
                    throw new IllegalArgumentException(
                            "an output must be required or optional, but '" + port.name() + "' is for many edges");
                }
            }
            return distinct(ports);
        }

        private static List<Port> distinct(List<Port> ports) {
            Set<String> seen = new HashSet<>();
            for (Port port : ports) {
                if (!seen.add(port.name())) {
                    throw new IllegalArgumentException(
                            "ports must have names of their own, two are '" + port.name() + "'");
                }
            }
            return List.copyOf(ports);
        }
    }
}
