package dev.nuxari.keycloak.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks of addresses, by the same cases as the server's own. */
class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24,192.0.2.0,true",
        "192.0.2.0/24,192.0.2.255,true",
        "192.0.2.0/24,192.0.1.255,false",
        "192.0.2.0/24,192.0.3.0,false",
        "192.0.2.0/24,::ffff:192.0.2.9,true",
        "192.0.2.0/24,::ffff:c000:209,true",
        "192.0.2.7/32,192.0.2.7,true",
        "192.0.2.7/32,192.0.2.6,false",
        "192.0.2.7/32,192.0.2.8,false",
        "0.0.0.0/0,255.255.255.255,true",
        "0.0.0.0/0,::1,false",
        "::/0,192.0.2.7,false",
        "::/0,ffff::,true",
        "::/64,::ffff:192.0.2.7,false",
        "2001:db8::/32,2001:db8:ffff:ffff:ffff:ffff:ffff:ffff,true",
        "2001:db8::/32,2001:db9::,false",
        "2001:db8::/32,2001:db7:ffff:ffff:ffff:ffff:ffff:ffff,false",
        "8000::/1,8000::,true",
        "8000::/1,7fff::,false",
        "2001:db8:0:0:8000::/65,2001:db8::7fff:0:0:0,false",
        "2001:db8:0:0:8000::/65,2001:db8::ffff:0:0:0,true",
        "fe80::/10,fe80:0:0:0:0:0:0:1%2,true",
        "127.0.0.0/8,localhost,false",
        "0.0.0.0/0,0300.0.2.7,false",
        "0.0.0.0/0,3221225991,false",
        "0.0.0.0/0,'192.0.2.7, 198.51.100.1',false",
        "0.0.0.0/0,'',false",
    })
    void addressLiesInABlockOrNot(String block, String peer, boolean inside) {
        assertThat(Address.ofPeer(peer).filter(Network.parse(block)::contains).isPresent())
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "192.0.2.7",
                "192.0.2.7/24",
                "2001:db8::7/64",
                "192.0.2.0/33",
                "2001:db8::/129",
                "192.0.2.0/024",
                "192.0.2.0/",
                "192.0.2.0/-1",
                "192.0.2.0/255.255.255.0",
                "192.0.2.0/24 ",
                "192.0.2/24",
                "192.0.2.256/32",
                "0300.0.2.7/32",
                "acme.example/32",
                "fe80::1%eth0/128",
                "::ffff:192.0.2.0/120",
                "::ffff:c000:200/120",
                "::ffff:192.0.2.0/24",
                "1::2::3/128",
            })
    void whatIsNoBlockInItsOneSpellingIsNotRead(String text) {
        assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyLengthHoldsItsFirstAddressAndNotTheOneBefore() {
        for (int length = 1; length <= 32; length++) {
            Network network = Network.parse("128.0.0.0/" + length);
            assertThat(network.contains(Address.parse("128.0.0.0"))).isTrue();
            assertThat(network.contains(Address.parse("127.255.255.255"))).isFalse();
        }
        for (int length = 1; length <= 128; length++) {
            Network network = Network.parse("8000::/" + length);
            assertThat(network.contains(Address.parse("8000::"))).isTrue();
            assertThat(network.contains(Address.parse("7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")))
                    .isFalse();
        }
    }
}
