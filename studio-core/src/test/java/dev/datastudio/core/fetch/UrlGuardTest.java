package dev.datastudio.core.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlGuardTest {
    /** What an attacker's name server answers. */
    private static final Map<String, List<String>> NAMES = Map.ofEntries(
            Map.entry("localhost", List.of("127.0.0.1")),
            Map.entry("localhost.", List.of("127.0.0.1")),
            Map.entry("127.0.0.1.nip.io", List.of("127.0.0.1")),
            Map.entry("mapped.example", List.of("::ffff:10.0.0.1")),
            Map.entry("both.example", List.of("93.184.216.34", "10.0.0.1")),
            Map.entry("meta.example", List.of("169.254.169.254")),
            Map.entry("ula.example", List.of("fd00::1")),
            Map.entry("nat64.example", List.of("64:ff9b::7f00:1")),
            Map.entry("public.example", List.of("93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946")));

    private static final UrlGuard GUARD = UrlGuard.DEFAULT.resolving(host -> {
        if (!NAMES.containsKey(host)) {
            throw new UnknownHostException(host);
        }
        InetAddress[] found = new InetAddress[NAMES.get(host).size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = InetAddress.getByName(NAMES.get(host).get(i));
        }
        return List.of(found);
    });

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://127.1/",
                "http://127.0.1/",
                "http://2130706433/",
                "http://0x7f000001/",
                "http://0x7f.0.0.1/",
                "http://0177.0.0.1/",
                "http://017700000001/",
                "http://127.0.0.1.:80/",
                "http://127.255.255.254/",
                "http://0.0.0.0/",
                "http://0/",
                "http://10.0.0.1/",
                "http://010.0.0.1/",
                "http://100.64.0.1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://172.16.0.1/",
                "http://172.31.255.255/",
                "http://192.0.0.1/",
                "http://192.0.2.1/",
                "http://192.168.1.1/",
                "http://198.18.0.1/",
                "http://198.51.100.7/",
                "http://203.0.113.9/",
                "http://224.0.0.1/",
                "http://240.0.0.1/",
                "http://255.255.255.255/",
                "http://999.1.1.1/",
                "http://[::1]/",
                "http://[::]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:7f00:1]/",
                "http://[::127.0.0.1]/",
                "http://[64:ff9b::7f00:1]/",
                "http://[64:ff9b:1::1]/",
                "http://[2002:7f00:1::]/",
                "http://[2001:0:7f00:1::]/",
                "http://[2001:db8::1]/",
                "http://[fe80::1]/",
                "http://[fe80::1%25eth0]/",
                "http://[fec0::1]/",
                "http://[fd00::1]/",
                "http://[ff02::1]/",
                "http://localhost/",
                "http://LOCALHOST/",
                "http://localhost./",
                "http://127.0.0.1.nip.io/",
                "http://mapped.example/",
                "http://both.example/",
                "http://meta.example/",
                "http://ula.example/",
                "http://nat64.example/",
                "http://user@public.example/",
                "http://user:secret@public.example/",
                "http://public.example@127.0.0.1/",
                "http://public.example:22/",
                "http://public.example:25/",
                "http://public.example:70000/",
                "http://public_host.example/",
                "http://%6c%6f%63alhost/",
                "http:///etc/passwd",
                "http:/etc/passwd",
                "http:public.example",
                "//public.example/",
                "file:///etc/passwd",
                "file:/etc/passwd",
                "jar:http://public.example/a.jar!/x",
                "gopher://public.example/",
                "ftp://public.example/x.csv",
                "ldap://public.example/",
                "dict://public.example:11211/",
                "netdoc:/etc/passwd",
                "data:text/csv,a,b",
                "javascript:alert(1)",
            })
    void refusesWhatLeadsIntoTheNetworkOfTheHost(String url) {
        StudioException error = assertThrows(StudioException.class, () -> GUARD.check(URI.create(url)));

        assertEquals(ErrorCode.URL_REFUSED, error.code());
        assertFalse(error.getMessage().contains("secret"), error.getMessage());
        assertFalse(error.mend().isBlank());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://public.example/a.csv",
                "http://PUBLIC.example/a.csv",
                "https://public.example:8443/a.csv?token=x",
                "http://93.184.216.34/a.csv",
                "http://[2606:2800:220:1:248:1893:25c8:1946]/"
            })
    void letsPublicAddressesThrough(String url) {
        CheckedUrl checked = GUARD.check(URI.create(url));

        assertFalse(checked.addresses().isEmpty());
    }

    @Test
    void saysThatAHostIsNotKnown() {
        StudioException error =
                assertThrows(StudioException.class, () -> GUARD.check(URI.create("http://unknown.example/?key=1")));

        assertEquals(ErrorCode.URL_UNREACHABLE, error.code());
        assertEquals("The host 'unknown.example' of 'http://unknown.example/' is not known", error.what());
    }

    @Test
    void reachesAHostOfTheProgramOnlyUnderItsName() {
        UrlGuard guard = GUARD.allowing("localhost");

        assertEquals(
                1, guard.check(URI.create("http://localhost:22/")).addresses().size());
        assertThrows(StudioException.class, () -> guard.check(URI.create("http://127.0.0.1/")));
        assertThrows(StudioException.class, () -> guard.check(URI.create("http://localhost.evil.example/")));
    }

    @Test
    void knowsWhatTheProgramAllowed() {
        assertTrue(UrlGuard.THIS_MACHINE.isAllowed(URI.create("http://LOCALHOST:11434/api")));
        assertTrue(UrlGuard.THIS_MACHINE.isAllowed(URI.create("http://[::1]:8000")));
        assertFalse(UrlGuard.THIS_MACHINE.isAllowed(URI.create("http://localhost.evil.example")));
        assertFalse(UrlGuard.DEFAULT.isAllowed(URI.create("http://localhost")));
        assertFalse(UrlGuard.THIS_MACHINE.isAllowed(URI.create("mailto:a@localhost")));
    }
}
