package dev.datastudio.agents.agentic.internal;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.model.internal.ModelFailures;
import dev.datastudio.graph.Graph;
import dev.langchain4j.agentic.agent.AgentInvocationException;
import dev.langchain4j.agentic.internal.AbstractAgentInvoker;
import dev.langchain4j.agentic.internal.AgentExecutor;
import dev.langchain4j.agentic.internal.AgentInvocationArguments;
import dev.langchain4j.agentic.internal.NonAiAgentInstance;
import dev.langchain4j.agentic.scope.AgenticScope;
import dev.langchain4j.agentic.scope.DefaultAgenticScope;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Runs a graph when a workflow calls it. LangChain4j makes agents of annotated methods, whose name and arguments are
 * fixed when they are compiled; a graph's are known only now, so this class uses the parts that LangChain4j itself
 * makes executors of. They are internal there: this is the one class of ours that names them.
 *
 * @param <I> input of the graph
 * @param <O> output of the graph
 */
public final class GraphAgent<I, O> {
    private final ScopeRecord<I> input;
    private final ScopeRecord<O> output;
    private final BiFunction<AgenticScope, I, O> runner;

    private GraphAgent(ScopeRecord<I> input, ScopeRecord<O> output, BiFunction<AgenticScope, I, O> runner) {
        this.input = input;
        this.output = output;
        this.runner = runner;
    }

    /** What a workflow takes as an agent. */
    public static <I, O> Object executor(
            String name, String description, Graph<I, O> graph, BiFunction<AgenticScope, I, O> runner) {
        ScopeRecord<I> input = new ScopeRecord<>(graph.inputType(), graph.name());
        ScopeRecord<O> output = new ScopeRecord<>(graph.outputType(), graph.name());
        NonAiAgentInstance instance = new NonAiAgentInstance(
                GraphAgent.class, name, description, graph.outputType(), "", false, input.arguments(), null);
        return new AgentExecutor(new Invoker(runMethod(), instance, input), new GraphAgent<>(input, output, runner));
    }

    /** Called by LangChain4j through reflection. */
    public O run(AgenticScope scope, Map<String, Object> arguments) {
        O result = runner.apply(scope, input.from(arguments));
        output.components(result).forEach(scope::writeState);
        return result;
    }

    private static Method runMethod() {
        try {
            return GraphAgent.class.getMethod("run", AgenticScope.class, Map.class);
        } catch (NoSuchMethodException e) {
            throw new LinkageError("GraphAgent has a method run", e);
        }
    }

    /** Gives a graph its arguments, and a workflow our words when the graph fails. */
    private static final class Invoker extends AbstractAgentInvoker {
        private final ScopeRecord<?> input;

        Invoker(Method method, NonAiAgentInstance instance, ScopeRecord<?> input) {
            super(method, instance);
            this.input = input;
        }

        @Override
        public AgentInvocationArguments toInvocationArguments(AgenticScope scope) {
            try {
                Map<String, Object> named = input.read(scope);
                return new AgentInvocationArguments(named, new Object[] {scope, named});
            } catch (StudioException e) {
                throw new AgentInvocationException(e.getMessage(), e);
            }
        }

        @Override
        public Object invoke(DefaultAgenticScope scope, Object agent, AgentInvocationArguments arguments) {
            try {
                return super.invoke(scope, agent, arguments);
            } catch (AgentInvocationException e) {
                StudioException error = ModelFailures.of("Agent '" + name() + "'", e);
                throw new AgentInvocationException(error.getMessage(), error);
            }
        }
    }
}
