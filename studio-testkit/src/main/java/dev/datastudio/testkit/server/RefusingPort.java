package dev.datastudio.testkit.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port of this machine at which every connection is refused: it is taken, so that no other process can answer there, and
 * nobody listens. Close it when done.
 */
public final class RefusingPort implements AutoCloseable {
    private final Socket taken = new Socket();

    private RefusingPort(int port) throws IOException {
        taken.setReuseAddress(true);
        taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /**
     * Takes the port of a server that was just closed.
     *
     * @throws IOException if somebody else has it already
     */
    public static RefusingPort after(int port) throws IOException {
        return new RefusingPort(port);
    }

    @Override
    public void close() throws IOException {
        taken.close();
    }
}
