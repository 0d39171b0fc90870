package dev.datastudio.spring;

import dev.datastudio.api.tenant.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Says on whose behalf a request comes, by what the application knows of who signed in. A handler method of Spring MVC
 * with a parameter of type {@link Caller} is given it; without one it answers 401. Thread-safe.
 *
 * <p>The one that is there unless the application has its own takes the name of the request's principal for the user, and
 * {@code studio.caller.tenant} for the organisation. Without that property everybody is alone in an organisation of
 * their own: nothing is ever shared unless somebody says so. Applications whose users belong to several organisations
 * have a bean that finds both:
 *
 * <pre>{@code
 * @Bean
 * CallerResolver callers() {
 *     return request -> Optional.ofNullable((JwtAuthenticationToken) request.getUserPrincipal())
 *             .map(token -> new Caller(token.getToken().getClaimAsString("org"), token.getName()));
 * }
 * }</pre>
 */
@FunctionalInterface
public interface CallerResolver {
    /** Who is asking; empty when nobody signed in. Must not believe what the request says of itself. */
    Optional<Caller> find(HttpServletRequest request);
}
