package dev.datastudio.graph.internal.log;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.internal.PlanNode;
import dev.datastudio.graph.internal.log.ValueTypes.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How the values of one graph are stored, and those of its sub-graphs. Made once for each graph. Thread-safe. */
final class GraphCodec {
    private final Plan<?, ?> plan;
    private final ValueTypes types;
    private final String shape;
    private final List<ChannelCodec> channels = new ArrayList<>();
    private final List<ChannelCodec> folds = new ArrayList<>();
    private final Map<String, GraphCodec> inner = new HashMap<>();
    private final Map<String, String> copies = new LinkedHashMap<>();
    private final Set<String> compensable = new LinkedHashSet<>();

    private GraphCodec(Plan<?, ?> plan, ValueTypes types, List<Problem> problems) {
        this.plan = plan;
        this.types = types;
        this.shape = GraphShape.of(plan);
        for (Channel<?> channel : plan.channels()) {
            String where = "Channel '" + channel.name() + "' of graph '" + plan.name() + "'";
            Class<?> type = channel instanceof AppendChannel<?> append ? append.elementType() : channel.type();
            ValueCodec codec = types.codec(TypeShape.of(type), where, problems);
            types.mention(type);
            ChannelCodec made = new ChannelCodec(channel, channels.size(), codec);
            channels.add(made);
            if (made.kind() == ChannelCodec.Kind.REDUCE) {
                folds.add(made);
            }
            int copy = plan.copy(made.place());
            if (copy >= 0) {
                copies.put(channel.name(), plan.channels().get(copy).name());
            }
        }
        for (PlanNode node : nodes(plan)) {
            if (node.options().compensation().isPresent()) {
                compensable.add(node.name());
            }
            if (node.inner().isPresent()) {
                inner.put(node.name(), new GraphCodec(node.inner().get(), types, problems));
            }
        }
    }

    /** @throws StudioException with code TYPE_NOT_STORABLE and everything that can't be stored */
    static GraphCodec of(Plan<?, ?> plan) {
        return (GraphCodec) plan.attached(GraphCodec::made);
    }

    private static GraphCodec made(Plan<?, ?> plan) {
        ValueTypes types = new ValueTypes();
        List<Problem> problems = new ArrayList<>();
        registerCodecs(plan, types, problems);
        registerTypes(plan, types, problems);
        GraphCodec codec = new GraphCodec(plan, types, problems);
        if (!problems.isEmpty()) {
            throw new StudioException(
                    ErrorCode.TYPE_NOT_STORABLE,
                    problems.stream().map(Problem::what).distinct().collect(Collectors.joining("; ")),
                    problems.stream().map(Problem::mend).distinct().collect(Collectors.joining("; ")));
        }
        return codec;
    }

    private static void registerCodecs(Plan<?, ?> plan, ValueTypes types, List<Problem> problems) {
        plan.typeCodecs().forEach(codec -> types.register(codec, problems));
        subGraphs(plan).forEach(sub -> registerCodecs(sub, types, problems));
    }

    private static void registerTypes(Plan<?, ?> plan, ValueTypes types, List<Problem> problems) {
        plan.types().forEach(type -> types.register(type, "Type of graph '" + plan.name() + "'", problems));
        subGraphs(plan).forEach(sub -> registerTypes(sub, types, problems));
    }

    private static List<Plan<?, ?>> subGraphs(Plan<?, ?> plan) {
        List<Plan<?, ?>> found = new ArrayList<>();
        for (PlanNode node : nodes(plan)) {
            node.inner().ifPresent(found::add);
        }
        return found;
    }

    static List<PlanNode> nodes(Plan<?, ?> plan) {
        List<PlanNode> nodes = new ArrayList<>();
        for (int i = 0; i < plan.nodes().size(); i++) {
            nodes.add(plan.node(i));
        }
        return nodes;
    }

    Plan<?, ?> plan() {
        return plan;
    }

    ValueTypes types() {
        return types;
    }

    String shape() {
        return shape;
    }

    List<ChannelCodec> channels() {
        return channels;
    }

    /** Those of reduce channels. */
    List<ChannelCodec> folds() {
        return folds;
    }

    ChannelCodec channel(Channel<?> channel) {
        return channels.get(plan.place(channel));
    }

    Optional<ChannelCodec> find(String name) {
        return channels.stream()
                .filter(one -> one.channel().name().equals(name))
                .findFirst();
    }

    /** Channels whose writes others take too, with those others. */
    Map<String, String> copies() {
        return copies;
    }

    boolean isCompensable(String node) {
        return compensable.contains(node);
    }

    /** The codec of the graph whose loop has this path; empty if there is no such sub-graph (any more). */
    Optional<GraphCodec> at(String path) {
        if (path.isEmpty()) {
            return Optional.of(this);
        }
        int slash = path.indexOf('/');
        String first = slash < 0 ? path : path.substring(0, slash);
        int colon = first.indexOf(':');
        GraphCodec next = colon < 0 ? null : inner.get(first.substring(0, colon));
        return next == null ? Optional.empty() : next.at(slash < 0 ? "" : path.substring(slash + 1));
    }

    /** How one channel is stored. Immutable. */
    @SuppressWarnings("ArrayRecordComponent") // read only, in the innermost loop of writing
    record ChannelCodec(Channel<?> channel, int place, Kind kind, ValueCodec codec, byte[] key, byte[] foldKey) {
        ChannelCodec(Channel<?> channel, int place, ValueCodec codec) {
            this(channel, place, Kind.of(channel), codec, key(channel, ""), key(channel, "*"));
        }

        private static byte[] key(Channel<?> channel, String fold) {
            Kind kind = Kind.of(channel);
            String mark = kind == Kind.APPEND ? "+" : kind == Kind.REDUCE ? fold : "";
            return JsonOut.keyBytes(mark + channel.name());
        }

        /** @throws StudioException with code TYPE_NOT_STORABLE if it is not of the type that was declared, inside */
        void write(Object value, JsonOut out) {
            try {
                codec.write(value, out);
            } catch (ClassCastException e) {
                throw new StudioException(
                        ErrorCode.TYPE_NOT_STORABLE,
                        "A value of channel '" + channel.name() + "' holds what its type does not allow: "
                                + StudioException.quote(e.getMessage()),
                        "Use String keys in a Map, and in each container what its declared type says",
                        e);
            }
        }

        /** How a channel takes writes. */
        enum Kind {
            LAST,
            APPEND,
            REDUCE;

            static Kind of(Channel<?> channel) {
                return channel instanceof AppendChannel<?> ? APPEND : channel instanceof LastChannel<?> ? LAST : REDUCE;
            }
        }
    }
}
