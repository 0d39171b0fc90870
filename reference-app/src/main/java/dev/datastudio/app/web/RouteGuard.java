package dev.datastudio.app.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets a request through to a route of ours when the route is {@link Open} or the request has the scope that it {@link
 * Needs}. A route that says neither lets nobody through, so that one that was forgotten is found at once.
 */
final class RouteGuard implements HandlerInterceptor {
    private static final String OURS = "dev.datastudio.";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            return true; // the rest of an answer whose request was let in
        }
        if (!(handler instanceof HandlerMethod method)
                || !method.getBeanType().getName().startsWith(OURS)
                || method.hasMethodAnnotation(Open.class)) {
            return true;
        }
        SignedIn person = Requester.signedIn().orElseThrow(RefusedException::nobody);
        String scope = needed(method)
                .orElseThrow(() -> RefusedException.forbidden(
                        "ROUTE_CLOSED", "This route is open to nobody", "See /api/docs for the routes"));
        if (!person.may(scope)) {
            throw RefusedException.forbidden(
                    "SCOPE_MISSING",
                    "This needs the scope '" + scope + "', which you don't have",
                    "Ask an administrator of your organisation, or use a token that has it");
        }
        return true;
    }

    /** The scope that a route needs, if it names one. */
    static Optional<String> needed(HandlerMethod method) {
        Needs own = method.getMethodAnnotation(Needs.class);
        Needs needs = own != null ? own : AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), Needs.class);
        return Optional.ofNullable(needs).map(Needs::value);
    }
}
