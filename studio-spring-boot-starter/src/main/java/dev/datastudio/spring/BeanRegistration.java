package dev.datastudio.spring;

import dev.datastudio.agents.graph.GraphNodeTypes;
import dev.datastudio.agents.tool.ToolRegistry;
import dev.datastudio.agents.tool.Tools;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import dev.datastudio.graph.json.NodeType;
import dev.langchain4j.agent.tool.Tool;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Registers the application's beans with the studio when all are there: tools that LangChain4j's {@code @Tool} marks, and
 * kinds of nodes.
 */
final class BeanRegistration implements SmartInitializingSingleton {
    private static final Logger log = LoggerFactory.getLogger(BeanRegistration.class);

    private final ConfigurableListableBeanFactory beans;
    private final StudioProperties.BeanTools settings;
    private final ObjectProvider<NodeType> nodeTypes;

    BeanRegistration(
            ConfigurableListableBeanFactory beans,
            StudioProperties.BeanTools settings,
            ObjectProvider<NodeType> nodeTypes) {
        this.beans = beans;
        this.settings = settings;
        this.nodeTypes = nodeTypes;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Studio studio = beans.getBean(Studio.class);
        Set<String> ids = new HashSet<>();
        nodeTypes.orderedStream().forEach(type -> {
            requireNew(ids, type);
            GraphNodeTypes.of(studio).register(type);
            log.info("The node type '{}' of this application can be used in graphs", type.id());
        });
        if (settings.beans()) {
            for (String name : beans.getBeanDefinitionNames()) {
                if (!ScopedProxyUtils.isScopedTarget(name)) {
                    typeOf(name).ifPresent(type -> register(studio, name, type));
                }
            }
        }
    }

    private static void requireNew(Set<String> ids, NodeType type) {
        if (!ids.add(type.id())) {
            throw new StudioException(
                    ErrorCode.INVALID_NAME,
                    "Two beans are node types " + StudioException.quote(type.id()),
                    "Give one of them another id");
        }
    }

    /** The class of a bean, without proxies; empty for classes that can hold no tools. */
    private Optional<Class<?>> typeOf(String name) {
        Class<?> type = AutoProxyUtils.determineTargetClass(beans, name);
        if (type == null) {
            return Optional.empty();
        }
        boolean isOwn = !type.getName().startsWith("org.springframework.")
                && AnnotationUtils.isCandidateClass(type, Tool.class);
        return isOwn && (hasTools(type) || withTools(type).isPresent()) ? Optional.of(type) : Optional.empty();
    }

    private static boolean hasTools(Class<?> type) {
        List<Method> found = new ArrayList<>();
        ReflectionUtils.doWithMethods(type, found::add, method -> method.isAnnotationPresent(Tool.class));
        return !found.isEmpty();
    }

    private static Optional<Class<?>> withTools(Class<?> type) {
        return ClassUtils.getAllInterfacesForClassAsSet(type).stream()
                .filter(BeanRegistration::hasTools)
                .findFirst();
    }

    private void register(Studio studio, String name, Class<?> type) {
        Object bean = beans.getBean(name);
        for (dev.datastudio.api.tool.Tool tool :
                Tools.annotated(bean, visible(name, bean, type), settings.sideEffect())) {
            ToolRegistry.of(studio).register(tool);
            log.info("The tool '{}' of the bean '{}' is there for agents: {}", tool.name(), name, tool.sideEffect());
        }
    }

    /** A proxy of interfaces shows the methods of these only. */
    private static Class<?> visible(String name, Object bean, Class<?> type) {
        if (type.isInstance(bean) && hasTools(type)) {
            return type;
        }
        return withTools(bean.getClass())
                .orElseThrow(() -> new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "The tools of the bean " + StudioException.quote(name)
                                + " are hidden by a proxy that has its interfaces only",
                        "Put @Tool on the methods of the interface, or have Spring make proxies of classes"));
    }
}
