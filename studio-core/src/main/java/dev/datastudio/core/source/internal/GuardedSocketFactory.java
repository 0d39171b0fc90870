package dev.datastudio.core.source.internal;

import dev.datastudio.core.source.HostPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/**
 * Makes sockets that connect only where a policy allows it. Drivers make it by its class name and the ticket that
 * {@link #register} gave, so that the address that is checked is the one that is connected to, whatever the name server
 * answers the second time. Thread-safe.
 */
public final class GuardedSocketFactory extends SocketFactory {
    private static final Map<String, HostPolicy> POLICIES = new ConcurrentHashMap<>();
    private static final int CONNECT_MILLIS = 30_000;

    private final HostPolicy policy;

    /** Called by drivers. */
    public GuardedSocketFactory(String ticket) {
        HostPolicy registered = POLICIES.get(ticket);
        if (registered == null) {
            throw new IllegalStateException("The studio of this connection is closed");
        }
        this.policy = registered;
    }

    /** Has sockets of a ticket guarded by a policy until {@link #forget}. */
    static String register(HostPolicy policy) {
        String ticket = UUID.randomUUID().toString();
        POLICIES.put(ticket, policy);
        return ticket;
    }

    static void forget(String ticket) {
        POLICIES.remove(ticket);
    }

    @Override
    public Socket createSocket() {
        return new GuardedSocket(policy);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    private Socket connected(InetSocketAddress address) throws IOException {
        Socket socket = createSocket();
        try {
            socket.connect(address, CONNECT_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** The socket was not allowed to connect. */
    static final class RefusedAddressException extends IOException {
        private static final long serialVersionUID = 1L;
        private static final String MESSAGE = "No database may be reached at the address of this host";

        RefusedAddressException() {
            super(MESSAGE);
        }

        /** Whether this is why something failed; the driver of SQL Server keeps only the words. */
        static boolean isCauseOf(Throwable failure) {
            return failure instanceof RefusedAddressException
                    || String.valueOf(failure.getMessage()).contains(MESSAGE);
        }
    }

    private static final class GuardedSocket extends Socket {
        private final HostPolicy policy;

        GuardedSocket(HostPolicy policy) {
            this.policy = policy;
        }

        @Override
        public void connect(SocketAddress endpoint) throws IOException {
            connect(endpoint, 0);
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            if (endpoint instanceof InetSocketAddress address
                    && !address.isUnresolved()
                    && !AddressRules.allows(policy, address.getAddress())) {
                throw new RefusedAddressException();
            }
            super.connect(endpoint, timeout);
        }
    }
}
