package dev.datastudio.app.identity;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * In single-user mode: has the server listen to this machine only, and refuses to start when it is told to listen to
 * others, who would all be that user.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
final class LoopbackOnly implements WebServerFactoryCustomizer<ConfigurableWebServerFactory> {
    private final IdentityProperties.Mode mode;
    private final @Nullable InetAddress address;

    LoopbackOnly(IdentityProperties.Mode mode, @Nullable InetAddress address) {
        this.mode = mode;
        this.address = address;
    }

    @Override
    public void customize(ConfigurableWebServerFactory factory) {
        if (mode != IdentityProperties.Mode.SINGLE_USER) {
            return;
        }
        if (address == null) {
            factory.setAddress(InetAddress.getLoopbackAddress());
        } else if (!address.isLoopbackAddress()) {
            throw new OpenToOthersException(address.getHostAddress());
        }
    }
}
