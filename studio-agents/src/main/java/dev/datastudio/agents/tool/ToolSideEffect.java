package dev.datastudio.agents.tool;

import dev.datastudio.api.tool.SideEffect;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what methods with LangChain4j's {@code @Tool} do to the world, which that annotation has no word for: on a method,
 * or on a class for all of its methods that do not say it themselves.
 *
 * <pre>{@code
 * @Tool("The population of a town")
 * @ToolSideEffect(SideEffect.READ)
 * int population(String town) { … }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface ToolSideEffect {
    /** What they do; anything but {@link SideEffect#READ} runs only when somebody approves. */
    SideEffect value();
}
