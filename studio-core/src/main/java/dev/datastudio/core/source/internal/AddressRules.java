package dev.datastudio.core.source.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.source.HostPolicy;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Which addresses are never a database's, and which belong to the public Internet. */
public final class AddressRules {
    /** 64:ff9b::/96 of RFC 6052 and 2002::/16 of RFC 3056 carry an IPv4 address. */
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    private static final byte[] CLOUD_METADATA = {
        (byte) 0xfd, 0, 0x0e, (byte) 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0x54
    };

    private AddressRules() {}

    /**
     * Refuses a host when one of its addresses is refused.
     *
     * @throws StudioException URL_REFUSED, or SOURCE_UNREACHABLE when the name is not known
     */
    static void require(String host, HostPolicy policy) {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new StudioException(
                    ErrorCode.SOURCE_UNREACHABLE,
                    "The host " + StudioException.quote(host) + " is not known",
                    "Check its spelling, and that this machine can resolve it",
                    e);
        }
        for (InetAddress address : addresses) {
            if (!allows(policy, address)) {
                throw new StudioException(
                        ErrorCode.URL_REFUSED,
                        "The host " + StudioException.quote(host) + " has an address where no database may be reached",
                        "Name the server of the database, or have the policy for hosts changed");
            }
        }
    }

    /** Whether a socket may connect there. */
    static boolean allows(HostPolicy policy, InetAddress address) {
        InetAddress plain = unwrapped(address);
        return !isNeverDatabase(plain) && policy.allows(plain);
    }

    private static boolean isNeverDatabase(InetAddress address) {
        return address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || isThisNetworkOrBroadcast(address)
                || Arrays.equals(address.getAddress(), CLOUD_METADATA);
    }

    /** 0.0.0.0/8 and 240.0.0.0/4 of RFC 6890. */
    private static boolean isThisNetworkOrBroadcast(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 && (bytes[0] == 0 || (bytes[0] & 0xf0) == 0xf0);
    }

    /** Whether an address belongs to the public Internet. */
    public static boolean isPublic(InetAddress address) {
        InetAddress plain = unwrapped(address);
        byte[] bytes = plain.getAddress();
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
        return !isNeverDatabase(plain)
                && !plain.isLoopbackAddress()
                && !plain.isSiteLocalAddress()
                && !uniqueLocal
                && !shared;
    }

    /** The IPv4 address that an IPv6 address stands for, or the address itself. */
    private static InetAddress unwrapped(InetAddress address) {
        if (address instanceof Inet6Address) {
            byte[] bytes = address.getAddress();
            byte[] inner = null;
            if (Arrays.equals(bytes, 0, NAT64.length, NAT64, 0, NAT64.length) || isCompatible(bytes)) {
                inner = Arrays.copyOfRange(bytes, 12, 16);
            } else if (bytes[0] == 0x20 && bytes[1] == 2) {
                inner = Arrays.copyOfRange(bytes, 2, 6);
            }
            return fromBytes(inner, address);
        }
        return address;
    }

    /** ::a.b.c.d of RFC 4291, without :: and ::1. */
    private static boolean isCompatible(byte[] bytes) {
        for (int i = 0; i < 12; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[12] != 0;
    }

    private static InetAddress fromBytes(byte @Nullable [] inner, InetAddress otherwise) {
        if (inner == null) {
            return otherwise;
        }
        try {
            return InetAddress.getByAddress(inner);
        } catch (UnknownHostException e) {
            throw new AssertionError("Four bytes are an address", e);
        }
    }
}
