package dev.datastudio.core.fetch.internal;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * The unicast addresses of the public internet: what IANA's registries of special-purpose addresses for IPv4 and IPv6
 * leave over. Of IPv6 only 2000::/3 is given out, so loopback, unique local, link-local, IPv4-mapped and NAT64
 * addresses are out without being named; 6to4 and Teredo, which carry an IPv4 address inside, are named.
 */
public final class PublicAddresses {
    private static final List<Block> NOT_PUBLIC_V4 = List.of(
            block(8, 0),
            block(8, 10),
            block(10, 100, 64),
            block(8, 127),
            block(16, 169, 254),
            block(12, 172, 16),
            block(24, 192, 0, 0),
            block(24, 192, 0, 2),
            block(24, 192, 88, 99),
            block(16, 192, 168),
            block(15, 198, 18),
            block(24, 198, 51, 100),
            block(24, 203, 0, 113),
            block(4, 224),
            block(4, 240));
    private static final Block GIVEN_OUT_V6 = block(3, 0x20);
    private static final List<Block> NOT_PUBLIC_V6 = List.of(
            block(23, 0x20, 0x01), block(32, 0x20, 0x01, 0x0d, 0xb8), block(16, 0x20, 0x02), block(20, 0x3f, 0xff));

    private PublicAddresses() {}

    /** The addresses that begin with some bits. */
    private record Block(int bits, List<Integer> start) {
        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int index = bit / 8;
                int mask = 0x80 >> (bit % 8);
                int wanted = index < start.size() ? start.get(index) : 0;
                if ((address[index] & mask) != (wanted & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static Block block(int bits, Integer... start) {
        return new Block(bits, List.of(start));
    }

    /** Whether an address is one of the public internet. */
    public static boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return NOT_PUBLIC_V4.stream().noneMatch(b -> b.contains(bytes));
        }
        return GIVEN_OUT_V6.contains(bytes) && NOT_PUBLIC_V6.stream().noneMatch(b -> b.contains(bytes));
    }
}
