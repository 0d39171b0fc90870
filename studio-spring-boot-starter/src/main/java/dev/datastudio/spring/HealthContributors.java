package dev.datastudio.spring;

import dev.datastudio.spring.ComponentHealth.State;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Speaks to the health of Spring Boot's Actuator, whose types moved: {@code org.springframework.boot.health.contributor}
 * in 4, {@code org.springframework.boot.actuate.health} in 3. What is used of them has the same names in both, and is
 * reached by these, so that one jar serves both.
 */
final class HealthContributors {
    private static final String[] PACKAGES = {
        "org.springframework.boot.health.contributor.", "org.springframework.boot.actuate.health."
    };

    private final ClassLoader loader;
    private final Class<?> indicator;
    private final Class<?> composite;
    private final Class<?> health;

    private HealthContributors(ClassLoader loader, String place) throws ClassNotFoundException {
        this.loader = loader;
        this.indicator = Class.forName(place + "HealthIndicator", false, loader);
        this.composite = Class.forName(place + "CompositeHealthContributor", false, loader);
        this.health = Class.forName(place + "Health", false, loader);
    }

    /** That of the version on the class path; empty without Actuator. */
    static Optional<HealthContributors> find(ClassLoader loader) {
        for (String place : PACKAGES) {
            try {
                return Optional.of(new HealthContributors(loader, place));
            } catch (ClassNotFoundException e) {
                // It may be the other version, or none.
            }
        }
        return Optional.empty();
    }

    /** The type that Actuator looks for. */
    Class<?> type() {
        return composite;
    }

    /** A component with one for each part of the studio. */
    Object of(StudioHealth studio) {
        Map<String, Object> parts = new LinkedHashMap<>();
        studio.names().forEach(name -> parts.put(name, indicator(studio, name)));
        return call(composite, "fromMap", new Class<?>[] {Map.class}, null, parts);
    }

    private Object indicator(StudioHealth studio, String name) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                return ofObject(proxy, method, name, arguments);
            }
            return method.isDefault()
                    ? InvocationHandler.invokeDefault(proxy, method, arguments)
                    : health(studio.check(name));
        };
        return Proxy.newProxyInstance(loader, new Class<?>[] {indicator}, handler);
    }

    private static Object ofObject(Object proxy, Method method, String name, Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "health of " + name;
        };
    }

    /** A part that is off counts neither for nor against the whole. */
    private Object health(ComponentHealth part) {
        String code = part.state() == State.OFF ? "OFF" : part.state().name();
        Object builder = call(health, "status", new Class<?>[] {String.class}, null, code);
        Class<?> type = builder.getClass();
        call(type, "withDetail", new Class<?>[] {String.class, Object.class}, builder, "detail", part.detail());
        return call(type, "build", new Class<?>[] {}, builder);
    }

    private static Object call(
            Class<?> type,
            String method,
            Class<?>[] parameters,
            @org.jspecify.annotations.Nullable Object on,
            Object... arguments) {
        try {
            return type.getMethod(method, parameters).invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("Actuator's " + method + " failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This version of Actuator has no " + type.getName() + "." + method, e);
        }
    }
}
