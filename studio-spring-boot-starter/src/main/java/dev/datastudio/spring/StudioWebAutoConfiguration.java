package dev.datastudio.spring;

import dev.datastudio.api.tenant.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Finds out who sends the requests of an application on Spring MVC. */
@AutoConfiguration(after = StudioAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({WebMvcConfigurer.class, HttpServletRequest.class})
public class StudioWebAutoConfiguration {
    private static final Logger log = LoggerFactory.getLogger(StudioWebAutoConfiguration.class);

    @Bean
    @ConditionalOnMissingBean
    CallerResolver callerResolver(StudioProperties properties) {
        String tenant = properties.caller().tenant();
        log.info(
                "{} studio.caller.tenant or a bean of type CallerResolver changes that",
                tenant.isBlank()
                        ? "Everybody who signs in is alone in an organisation of their own;"
                        : "Everybody who signs in is in the organisation '" + tenant + "';");
        return new PrincipalCallerResolver(tenant);
    }

    @Bean
    WebMvcConfigurer studioCallerArguments(CallerResolver callers) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerArgument(callers));
            }
        };
    }

    private record CallerArgument(CallerResolver callers) implements HandlerMethodArgumentResolver {
        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Caller.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            return callers.find(Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class), "request"))
                    .orElseThrow(() -> new ResponseStatusException(HttpStatus.UNAUTHORIZED, "Nobody is signed in"));
        }
    }
}
