package dev.datastudio.agents.tool;

import dev.datastudio.agents.tool.Approval.Decision;
import dev.datastudio.agents.tool.internal.ArgumentCheck;
import dev.datastudio.agents.tool.internal.CallText;
import dev.datastudio.agents.tool.internal.ToolThreads;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.ErrorType;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tool.SideEffect;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.api.tool.ToolCall;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.Studio;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.graph.json.internal.JsonWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the calls that a model asks for. Whatever is wrong with a call, an unknown name, arguments that do not fit the
 * tool's schema, a tool that is switched off, breaks or takes too long, becomes a result that says what to do, for the
 * model to go on with; only cancellation ends in an exception.
 *
 * <p>A tool that only reads runs at once; any other one when {@link Approval} lets it. Long results are cut, and say by
 * how much. Each call is told to the listener and the studio's audit log by name, time and outcome, never with its
 * arguments. Thread-safe.
 */
public final class ToolRunner {
    private static final Logger log = LoggerFactory.getLogger(ToolRunner.class);

    private final ToolRegistry registry;
    private final Approval approval;
    private final ToolLimits limits;
    private final ToolListener listener;
    private final ToolThreads threads;

    private ToolRunner(Builder builder) {
        this.registry = builder.registry;
        this.approval = builder.approval;
        this.limits = builder.limits;
        this.listener = builder.listener;
        this.threads = registry.studio().feature(ToolThreads.class, studio -> studio.closing(new ToolThreads()));
    }

    /** A runner over the tools of a registry, of which it looks up those of the caller of each call. */
    public static Builder builder(ToolRegistry registry) {
        return new Builder(registry);
    }

    /** Composes a runner. Not thread-safe. */
    public static final class Builder {
        private final ToolRegistry registry;
        private Approval approval = Approval.READ_ONLY;
        private ToolLimits limits = ToolLimits.DEFAULT;
        private ToolListener listener = ToolListener.NONE;

        private Builder(ToolRegistry registry) {
            this.registry = Objects.requireNonNull(registry, "registry");
        }

        /** Decides about tools that do more than read; {@link Approval#READ_ONLY} unless told. */
        public Builder approval(Approval value) {
            approval = Objects.requireNonNull(value, "approval");
            return this;
        }

        /** How far a call may go; {@link ToolLimits#DEFAULT} unless told. */
        public Builder limits(ToolLimits value) {
            limits = Objects.requireNonNull(value, "limits");
            return this;
        }

        /** Is told of each call; nobody unless told. */
        public Builder listener(ToolListener value) {
            listener = Objects.requireNonNull(value, "listener");
            return this;
        }

        /** The runner; works as long as the studio is open. */
        public ToolRunner build() {
            return new ToolRunner(this);
        }
    }

    /**
     * Runs one call and waits for it.
     *
     * @return what the tool gave, or what is wrong with the call
     * @throws StudioException with {@link ErrorCode#CANCELLED} when the context's cancellation asks for it, or the
     *     thread is interrupted
     */
    public ToolResult run(ToolCall call, ToolContext context) {
        context.cancellation().throwIfCancelled();
        Ready ready;
        try {
            ready = prepare(call, context);
        } catch (StudioException e) {
            if (e.code() == ErrorCode.CANCELLED) {
                throw e;
            }
            refused(call, context, e);
            return ToolResult.error(e);
        }
        return run(ready, context);
    }

    /** A call that may begin. */
    private record Ready(Tool tool, ToolCall call) {}

    private Ready prepare(ToolCall call, ToolContext context) {
        Tool tool = registry.as(context.caller()).get(call.tool());
        ToolCall checked = new ToolCall(tool.name(), JsonWriter.line(check(tool).read(call.arguments())));
        if (tool.sideEffect() != SideEffect.READ) {
            Decision decision = approval.decide(new Approval.Request(checked, tool.sideEffect(), context));
            if (decision instanceof Approval.Refused refused) {
                throw new StudioException(
                        ErrorCode.TOOL_REFUSED,
                        "The tool " + StudioException.quote(tool.name()) + " "
                                + (tool.sideEffect() == SideEffect.WRITE ? "changes data" : "reaches beyond the studio")
                                + " and was not approved: " + CallText.line(refused.reason()),
                        "Go on without it, and tell the user what you would have done with it");
            }
        }
        return new Ready(tool, checked);
    }

    private static ArgumentCheck check(Tool tool) {
        try {
            return ArgumentCheck.of(tool.inputSchema());
        } catch (StudioException | IllegalArgumentException e) {
            throw new StudioException(
                    ErrorCode.TOOL_REFUSED,
                    "The tool " + StudioException.quote(tool.name()) + " has a schema that can't be read",
                    "Go on without it; whoever made the tool can mend its schema",
                    e);
        }
    }

    private ToolResult run(Ready ready, ToolContext context) {
        Instant begun = now();
        long start = System.nanoTime();
        String name = ready.tool().name();
        tell(new ToolEvent.Started(context.caller(), name, begun, ready.tool().sideEffect()));
        try {
            ToolResult result = threads.call(ready.tool(), ready.call(), context, limits.timeout());
            return finished(name, context, took(start), result);
        } catch (StudioException e) {
            failed(name, context, took(start), e.code());
            if (e.code() == ErrorCode.CANCELLED) {
                throw e;
            }
            if (e.code().type() == ErrorType.INTERNAL) {
                log.warn("The tool {} failed", name, e);
            }
            return ToolResult.error(e);
        } catch (RuntimeException e) {
            failed(name, context, took(start), ErrorCode.INTERNAL);
            log.warn("The tool {} failed", name, e);
            return ToolResult.error(CallText.broken(name, e));
        }
    }

    private ToolResult finished(String name, ToolContext context, Duration took, ToolResult whole) {
        ToolResult result = CallText.cut(whole, limits.maxResultCharacters());
        int characters = whole.text().length();
        int cut = characters <= limits.maxResultCharacters() ? 0 : CallText.left(whole, limits.maxResultCharacters());
        tell(new ToolEvent.Finished(context.caller(), name, now(), took, characters, cut, whole.isError()));
        audit(activity(name, context)
                .with("millis", took.toMillis())
                .with("characters", characters)
                .with("result", whole.isError() ? "error" : "ok"));
        return result;
    }

    private void failed(String name, ToolContext context, Duration took, ErrorCode code) {
        tell(new ToolEvent.Failed(context.caller(), name, now(), took, code));
        audit(activity(name, context).with("millis", took.toMillis()).failed(code));
    }

    private void refused(ToolCall call, ToolContext context, StudioException why) {
        String name = CallText.name(call.tool());
        tell(new ToolEvent.Refused(context.caller(), name, now(), why.code()));
        audit(activity(name, context).failed(why.code()));
    }

    private void tell(ToolEvent event) {
        listener.onEvent(event);
        registry.tell(event);
    }

    private static Activity activity(String name, ToolContext context) {
        return Activity.of(context.caller(), "tool.call").about(name);
    }

    private void audit(Activity activity) {
        studio().activities().ended(activity);
    }

    private Studio studio() {
        return registry.studio();
    }

    private Instant now() {
        return studio().clock().instant();
    }

    private static Duration took(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
