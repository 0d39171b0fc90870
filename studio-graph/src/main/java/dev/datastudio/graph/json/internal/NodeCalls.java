package dev.datastudio.graph.json.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.channel.Write;
import dev.datastudio.graph.json.NodeType.Role;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one saved node gets its inputs from the channels of others and gives its outputs to its own. Immutable.
 *
 * <p>Each output has a channel, whose value carries its super-step: when several edges lead to an input for one value,
 * which is so on the branches of a condition and at the head of a loop, the latest value counts.
 */
final class NodeCalls {
    private final WiredNode node;
    private final List<WiredEdge> incoming;
    private final Channels channels;

    NodeCalls(WiredNode node, List<WiredEdge> incoming, Channels channels) {
        this.node = node;
        this.incoming = incoming;
        this.channels = channels;
    }

    /** The channels of the outputs of all nodes. */
    interface Channels {
        LastChannel<PortValue> of(WiredNode node, String output);

        AppendChannel<String> skipped();
    }

    /** What arrived; empty when a required input has nothing, so that the node is skipped. */
    Optional<Values> arrived(View view) {
        Map<String, @Nullable Object> arrived = new LinkedHashMap<>();
        for (Port input : node.inputs().values()) {
            List<PortValue> values = values(input, view);
            if (values.isEmpty()) {
                if (input.presence() != Port.Presence.OPTIONAL) {
                    return Optional.empty();
                }
            } else if (input.presence() == Port.Presence.MANY) {
                List<@Nullable Object> all = new ArrayList<>();
                values.forEach(value -> spread(input, value.value(), all));
                arrived.put(input.name(), all);
            } else {
                arrived.put(input.name(), checked(input, latest(values).value()));
            }
        }
        return Optional.of(new Values(arrived));
    }

    private List<PortValue> values(Port input, View view) {
        List<PortValue> values = new ArrayList<>();
        for (WiredEdge edge : incoming) {
            if (edge.input().equals(input)) {
                PortValue value =
                        view.get(channels.of(edge.source(), edge.output().name()));
                if (value.isPresent()) {
                    values.add(value);
                }
            }
        }
        return values;
    }

    /** In a run of a single node, an input for many edges is given its whole list at once. */
    private void spread(Port input, @Nullable Object value, List<@Nullable Object> all) {
        if (incoming.get(0).source().type().equals(Optional.of(SingleNode.GIVEN)) && value instanceof List<?> list) {
            list.forEach(each -> all.add(checked(input, each)));
        } else {
            all.add(checked(input, value));
        }
    }

    private static PortValue latest(List<PortValue> values) {
        PortValue latest = values.get(0);
        for (PortValue value : values) {
            latest = value.step() >= latest.step() ? value : latest;
        }
        return latest;
    }

    private @Nullable Object checked(Port input, @Nullable Object value) {
        if (!input.type().takes(value)) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Input '" + input.name() + "' of node " + node.shown() + " takes "
                            + input.type().described() + ", but " + JsonValues.described(value) + " arrived",
                    "Connect an output that gives this, or put a node between them that converts it");
        }
        return input.type().arrived(value);
    }

    /** What a node changes that is skipped. */
    Update skipped(NodeContext context) {
        List<Write> writes = new ArrayList<>();
        clear(context, writes);
        writes.add(channels.skipped().add(node.id()));
        return Update.of(writes);
    }

    /** What a node changes that has nothing to give. */
    Update gaveNothing(NodeContext context) {
        List<Write> writes = new ArrayList<>();
        clear(context, writes);
        return Update.of(writes);
    }

    private void clear(NodeContext context, List<Write> writes) {
        node.outputs()
                .keySet()
                .forEach(output -> writes.add(channels.of(node, output).set(PortValue.absent(context.superStep()))));
    }

    /** What a node changes that gave these outputs. */
    Update gave(Values given, NodeContext context) {
        requireOutputs(given);
        List<Write> writes = new ArrayList<>();
        for (Port output : node.outputs().values()) {
            PortValue value = given.has(output.name())
                    ? PortValue.of(context.superStep(), given.all().get(output.name()))
                    : PortValue.absent(context.superStep());
            writes.add(channels.of(node, output.name()).set(value));
        }
        return Update.of(writes);
    }

    private void requireOutputs(Values given) {
        for (Map.Entry<String, @Nullable Object> entry : given.all().entrySet()) {
            Port output = node.outputs().get(entry.getKey());
            if (output == null) {
                throw wrong(
                        "gave an output '" + entry.getKey() + "', which it has not",
                        "Give only " + node.outputs().keySet());
            }
            if (!output.type().takes(entry.getValue())) {
                throw wrong(
                        "gave " + JsonValues.described(entry.getValue()) + " as output '" + output.name() + "'",
                        "Give " + output.type().described());
            }
        }
        for (Port output : node.outputs().values()) {
            if (output.presence() == Port.Presence.REQUIRED && !given.has(output.name())) {
                throw wrong("gave no value for its output '" + output.name() + "'", "Give one, or make it optional");
            }
        }
        if (node.is(Role.CHOICE) && given.all().size() != 1) {
            throw wrong(
                    "gave " + given.all().size() + " outputs",
                    "Give exactly one of " + node.outputs().keySet());
        }
    }

    private StudioException wrong(String what, String mend) {
        return new StudioException(
                ErrorCode.NODE_FAILED, "Node " + node.shown() + " " + what, mend + " in the work of its type");
    }

    /** What a node threw, with the node in its words. */
    Exception failure(Exception cause, NodeContext context) {
        if (cause instanceof InterruptedException) {
            return cause;
        }
        if (cause instanceof StudioException known) {
            boolean named = known.what().contains("ode " + node.shown());
            String what = named ? known.what() : "Node " + node.shown() + ": " + known.what();
            return new StudioException(known.code(), what, known.mend(), known);
        }
        String message = cause.getMessage() == null ? "" : ": " + cause.getMessage();
        return new StudioException(
                ErrorCode.NODE_FAILED,
                "Node " + node.shown() + " failed in super-step " + context.superStep() + ", "
                        + StudioException.quote(cause.getClass().getSimpleName() + message),
                "Mend the cause in the work of its type '" + node.saved().type()
                        + "'; the whole of it stands in the log",
                cause);
    }
}
