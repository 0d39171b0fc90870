package dev.datastudio.graph.internal.log;

import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.internal.PlanNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Tells graphs apart whose threads can't go on with one another: a hash of what a log refers to. */
final class GraphShape {
    private static final int BYTES = 9;

    private GraphShape() {}

    /** 12 letters, digits, '-' or '_'; the same in every process. */
    static String of(Plan<?, ?> plan) {
        StringBuilder text = new StringBuilder();
        for (Channel<?> channel : plan.channels()) {
            Class<?> type = channel instanceof AppendChannel<?> append ? append.elementType() : channel.type();
            String kind = channel.getClass().getSimpleName();
            text.append(kind)
                    .append(' ')
                    .append(channel.name())
                    .append(' ')
                    .append(type.getName())
                    .append('\n');
        }
        describe(plan, plan.start(), text);
        GraphCodec.nodes(plan).forEach(node -> describe(plan, node, text));
        return hash(text.toString());
    }

    private static void describe(Plan<?, ?> plan, PlanNode node, StringBuilder text) {
        text.append(node.name()).append(' ').append(node.options().join()).append(' ');
        text.append(node.options().isDeferred())
                .append(' ')
                .append(node.options().onError().orElse("-"));
        node.inner()
                .ifPresent(inner ->
                        text.append(' ').append(inner.name()).append(' ').append(inner.version()));
        for (int target : node.targets()) {
            text.append(" >")
                    .append(target == PlanNode.END ? "" : plan.node(target).name());
        }
        node.routes().forEach(route -> text.append(" ?").append(route.targets()));
        node.fanOuts()
                .forEach(fanOut ->
                        text.append(" *").append(plan.node(fanOut.target()).name()));
        text.append('\n');
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every JDK has SHA-256", e);
        }
    }
}
