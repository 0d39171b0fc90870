package dev.datastudio.core.source.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.util.ConfigurableSocketFactory;

/** As {@link GuardedSocketFactory}, made as the driver of MariaDB makes it: without arguments, then configured. */
public final class MariaDbSocketFactory extends ConfigurableSocketFactory {
    /** The option that carries the ticket; the driver keeps what it does not know. */
    static final String TICKET = "studioTicket";

    private @Nullable GuardedSocketFactory guarded;

    @Override
    public void setConfiguration(Configuration configuration, String host) {
        guarded = new GuardedSocketFactory(configuration.nonMappedOptions().getProperty(TICKET, ""));
    }

    private GuardedSocketFactory guarded() {
        GuardedSocketFactory factory = guarded;
        if (factory == null) {
            throw new IllegalStateException("The driver configures its socket factory before it uses it");
        }
        return factory;
    }

    @Override
    public Socket createSocket() {
        return guarded().createSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException, UnknownHostException {
        return guarded().createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
            throws IOException, UnknownHostException {
        return guarded().createSocket(host, port, local, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return guarded().createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return guarded().createSocket(host, port, local, localPort);
    }
}
