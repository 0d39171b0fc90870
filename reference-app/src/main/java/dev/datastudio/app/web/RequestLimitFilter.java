package dev.datastudio.app.web;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.usage.TenantSlots;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Lets only so many requests of an organisation that start or change something be answered at once, so that one
 * organisation can't take all threads of the server. A request counts until its answer has ended, also one that streams.
 */
@Component
@Order(5)
class RequestLimitFilter extends OnceFilter {
    private final TenantSlots slots;
    private final HandlerExceptionResolver handlerExceptionResolver;

    RequestLimitFilter(LimitProperties limits, HandlerExceptionResolver handlerExceptionResolver) {
        this.slots = TenantSlots.of(limits.requestsPerTenant(), "requests");
        this.handlerExceptionResolver = handlerExceptionResolver;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String method = request.getMethod();
        return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<SignedIn> person = Requester.signedIn();
        if (person.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        TenantSlots.Slot slot;
        try {
            slot = slots.enter(person.get().caller().tenant());
        } catch (StudioException e) {
            handlerExceptionResolver.resolveException(request, response, null, e);
            return;
        }
        boolean goesOn = false;
        try {
            chain.doFilter(request, response);
            goesOn = request.isAsyncStarted();
        } finally {
            if (!goesOn) {
                slot.close();
            }
        }
        if (goesOn) {
            request.getAsyncContext().addListener(new Leaving(slot));
        }
    }

    private record Leaving(TenantSlots.Slot slot) implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            slot.close();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // It is completed after that.
        }

        @Override
        public void onError(AsyncEvent event) {
            // It is completed after that.
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
