package dev.nuxari.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Whose word is taken about where a request came from. */
@Claim("I6")
class ProxiesTest {
    private static final String PROXY = "10.0.0.5";
    private static final String CLIENT = "203.0.113.9";

    @ParameterizedTest
    @ValueSource(strings = {"", "192.0.2.1", "192.0.2.1, 10.0.0.6", "10.0.0.6", "garbage", "\u0000"})
    void strangersAreNotBelieved(String header) {
        assertThat(client(ForwardedHeader.X_FORWARDED_FOR, CLIENT, header)).isEqualTo(CLIENT);
        assertThat(client(ForwardedHeader.FORWARDED, CLIENT, header)).isEqualTo(CLIENT);
    }

    @Test
    void nobodyIsTrustedBeforeSomebodySaysSo() {
        var none = new Proxies(Networks.NONE, ForwardedHeader.X_FORWARDED_FOR);

        assertThat(none.client(NetworkAddress.parse("127.0.0.1"), List.of("192.0.2.1")))
                .hasToString("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9|203.0.113.9",
                "203.0.113.9:51234|203.0.113.9",
                "  203.0.113.9 |203.0.113.9",
                "192.0.2.1, 203.0.113.9|203.0.113.9",
                "10.0.0.6, 203.0.113.9|203.0.113.9",
                "203.0.113.9, 10.0.0.6|203.0.113.9",
                "192.0.2.1, 203.0.113.9, 10.0.0.6, 10.0.0.7|203.0.113.9",
                "nonsense, 203.0.113.9|203.0.113.9",
                "10.0.0.7, 10.0.0.6|10.0.0.7",
                "2001:db8::9|2001:db8::9",
                "[2001:db8::9]|2001:db8::9",
                "[2001:db8::9]:443|2001:db8::9",
                "::ffff:203.0.113.9|203.0.113.9",
                "203.0.113.9, ::ffff:10.0.0.6|203.0.113.9",
                "203.0.113.9, fd00::6|203.0.113.9"
            })
    void nearestAddressThatIsNoProxysCounts(String header, String client) {
        assertThat(client(ForwardedHeader.X_FORWARDED_FOR, PROXY, header)).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "for=203.0.113.9|203.0.113.9",
                "For=203.0.113.9;proto=https;by=10.0.0.5|203.0.113.9",
                "proto=http; for=\"203.0.113.9:4711\"|203.0.113.9",
                "for=\"[2001:db8::9]:4711\"|2001:db8::9",
                "for=192.0.2.1, for=203.0.113.9|203.0.113.9",
                "for=\"192.0.2.1, for=198.51.100.1\", for=203.0.113.9|203.0.113.9",
                "for=203.0.113.9, for=10.0.0.6;host=\"a,b;for=192.0.2.1\"|203.0.113.9",
                "for=\"203\\.0.113.9\"|203.0.113.9"
            })
    void standardHeaderIsReadAsWell(String header, String client) {
        assertThat(client(ForwardedHeader.FORWARDED, PROXY, header)).isEqualTo(client);
    }

    @Test
    void headerThatStandsSeveralTimesIsOneHeader() {
        assertThat(client(ForwardedHeader.X_FORWARDED_FOR, PROXY, "192.0.2.1", "203.0.113.9, 10.0.0.6", "10.0.0.7"))
                .isEqualTo(CLIENT);
    }

    @Test
    void proxyThatWroteNothingAsksForItself() {
        assertThat(client(ForwardedHeader.X_FORWARDED_FOR, PROXY)).isEqualTo(PROXY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "203.0.113.9,",
                "unknown",
                "203.0.113.9, unknown",
                "192.0.2.1, _hidden, 10.0.0.6",
                "203.0.113.09",
                "203.0.113.9:port",
                "203.0.113.9:123456",
                "[2001:db8::9",
                "[[2001:db8::9]]",
                "fe80::1%eth0",
                "203.0.113.9 10.0.0.6"
            })
    void proxyThatNamesNobodyIsNotGuessedAt(String header) {
        assertThatThrownBy(() -> client(ForwardedHeader.X_FORWARDED_FOR, PROXY, header))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "proto=https",
                "203.0.113.9",
                "for=unknown",
                "for=_hidden",
                "for=203.0.113.9;for=192.0.2.1",
                "for=\"203.0.113.9",
                "for=203.0.113.9;\"",
                "for=203.0.113.9,",
                "for==203.0.113.9",
                "for=\"[2001:db8::9]:4711\" x"
            })
    void norIsOneThatWritesNoHeaderOfTheStandard(String header) {
        assertThatThrownBy(() -> client(ForwardedHeader.FORWARDED, PROXY, header))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void longHeaderIsReadInTimeThatGrowsWithItOnly() {
        String hostile = "for=\"" + "\\\"a".repeat(2_000);

        assertThatThrownBy(() -> client(ForwardedHeader.FORWARDED, PROXY, hostile))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void settingsNameBlocks() {
        assertThat(bound(Map.of()).proxies().trusted().isEmpty()).isTrue();
        assertThat(bound(Map.of("nuxari.proxies.trusted", "10.0.0.0/24,fd00::/8", "nuxari.proxies.header", "forwarded"))
                        .proxies())
                .isEqualTo(proxies(ForwardedHeader.FORWARDED));
        assertThatThrownBy(() -> bound(Map.of("nuxari.proxies.trusted", "10.0.0.1/24")))
                .rootCause()
                .hasMessageContaining("the block is 10.0.0.0/24");
    }

    private static ProxiesConfig bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("nuxari.proxies", ProxiesConfig.class);
    }

    private static String client(ForwardedHeader header, String peer, String... lines) {
        return proxies(header)
                .client(NetworkAddress.parse(peer), List.of(lines))
                .toString();
    }

    private static Proxies proxies(ForwardedHeader header) {
        return new Proxies(
                Networks.of(
                        Stream.of("10.0.0.0/24", "fd00::/8").map(Network::parse).toList()),
                header);
    }
}
