package dev.datastudio.app.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * The connection that a request came over, as far as Tomcat lets one look at it: a servlet may not. Not thread-safe, and
 * only to be used while the thread of the request neither reads nor writes.
 */
final class ClientConnection {
    private static final String REQUEST = ClientConnection.class.getName();

    private final org.apache.coyote.Request request;

    private ClientConnection(org.apache.coyote.Request request) {
        this.request = request;
    }

    /** Has the server let {@link #of} find the connections of requests that send something. */
    static Valve valve() {
        return new Finding();
    }

    /** @throws IllegalStateException if the request did not pass {@link #valve()}, or sends nothing */
    static ClientConnection of(HttpServletRequest request) {
        if (request.getAttribute(REQUEST) instanceof Request known) {
            return new ClientConnection(known.getCoyoteRequest());
        }
        throw new IllegalStateException("The connection of " + request.getMethod() + " " + request.getRequestURI()
                + " is unknown: it takes a POST to the application's own Tomcat");
    }

    /**
     * Whether the client has closed it, or its own half of it. Does not block. What a client sends beforehand of its next
     * request is kept for that, and such a client counts as there.
     */
    boolean isClosed() {
        // Tomcat answers 1 when it can't read, and has nothing then: the caller's next read would throw.
        return available(true) > 0 && available(false) == 0;
    }

    private int available(boolean reading) {
        request.action(ActionCode.AVAILABLE, reading);
        return request.getAvailable();
    }

    private static final class Finding extends ValveBase {
        Finding() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            if (request.getMethod().equals("POST")) {
                request.setAttribute(REQUEST, request);
            }
            getNext().invoke(request, response);
        }
    }
}
