package dev.nuxari.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks of addresses: how they are read, and what lies in them. */
@Claim("I6")
class NetworksTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7,192.0.2.7",
        "0.0.0.0,0.0.0.0",
        "255.255.255.255,255.255.255.255",
        "::ffff:192.0.2.7,192.0.2.7",
        "::FFFF:192.0.2.7,192.0.2.7",
        "::ffff:c000:207,192.0.2.7",
        "0:0:0:0:0:ffff:c000:0207,192.0.2.7",
        "::,::",
        "::1,::1",
        "2001:DB8:0:0:0:0:0:7,2001:db8::7",
        "2001:0db8::0007,2001:db8::7",
        "2001:db8:0:1:0:0:0:1,2001:db8:0:1::1",
        "2001:0:0:1:0:0:0:1,2001:0:0:1::1",
        "2001:db8:0:1:1:1:1:1,2001:db8:0:1:1:1:1:1",
        "1:0:0:2:0:0:3:4,1::2:0:0:3:4",
        "1:2:3:4:5:6:7:8,1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6::,1:2:3:4:5:6::",
        "fe80::1,fe80::1"
    })
    void addressHasOneSpelling(String written, String kept) {
        assertThat(NetworkAddress.parse(written)).hasToString(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "192.0.2.7 ",
                " 192.0.2.7",
                "192.0.2",
                "192.0.2.07",
                "0300.0.2.7",
                "0xc0.0.2.7",
                "3221225991",
                "192.0.2.256",
                "192.0.2.7.1",
                "192.0.2.-7",
                "192.0.2.7:80",
                "1९2.0.2.7",
                "localhost",
                "acme.example",
                "::1%1",
                "fe80::1%eth0",
                "[::1]",
                "[::1]:80",
                ":",
                ":::",
                "1::2::3",
                "12345::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "::ffff:192.0.2.07",
                "::192.0.2.7",
                "2001:db8::192.0.2.7",
                "64:ff9b::192.0.2.7",
                "g::1",
                "unknown"
            })
    void whatIsReadInMoreWaysThanOneIsNoAddress(String written) {
        assertThatThrownBy(() -> NetworkAddress.parse(written)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void operatingSystemMayNameTheLinkOfAPeer() {
        assertThat(NetworkAddress.ofPeer("fe80:0:0:0:0:0:0:1%2")).hasToString("fe80::1");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24,192.0.2.0/24",
        "192.0.2.7,192.0.2.7/32",
        "0.0.0.0/0,0.0.0.0/0",
        "10.0.0.0/8,10.0.0.0/8",
        "2001:DB8::/32,2001:db8::/32",
        "2001:db8::7,2001:db8::7/128",
        "::/0,::/0",
        "2001:db8:8000::/33,2001:db8:8000::/33",
        "2001:db8:0:1::/64,2001:db8:0:1::/64",
        "2001:db8::8000:0:0:0/65,2001:db8:0:0:8000::/65"
    })
    void blockHasOneSpelling(String written, String kept) {
        assertThat(Network.parse(written)).hasToString(kept);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7/24,the block is 192.0.2.0/24",
        "2001:db8::7/64,the block is 2001:db8::/64",
        "192.0.2.0/33,longer than an address",
        "2001:db8::/129,longer than an address",
        "192.0.2.0/024,is no block",
        "192.0.2.0/,is no block",
        "/24,is no block",
        "192.0.2.0/-1,is no block",
        "192.0.2.0/255.255.255.0,is no block",
        "192.0.2.0/24/8,is no block",
        "192.0.2.0-192.0.2.9,is no address",
        "192.0.2.*,is no address",
        "fe80::1%eth0/64,is no address",
        "::ffff:192.0.2.0/120,write it as IPv4",
        "0:0:0:0:0:ffff:c000:207,write it as IPv4"
    })
    void errorSaysWhatIsWrongWithTheBlock(String written, String why) {
        assertThatThrownBy(() -> Network.parse(written)).hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24,192.0.2.0,true",
        "192.0.2.0/24,192.0.2.255,true",
        "192.0.2.0/24,192.0.1.255,false",
        "192.0.2.0/24,192.0.3.0,false",
        "192.0.2.0/24,::ffff:192.0.2.9,true",
        "192.0.2.7,192.0.2.7,true",
        "192.0.2.7,192.0.2.6,false",
        "192.0.2.7,192.0.2.8,false",
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
        "2001:db8::8000:0:0:0/65,2001:db8::7fff:0:0:0,false",
        "2001:db8::8000:0:0:0/65,2001:db8::ffff:0:0:0,true"
    })
    void addressLiesInABlockOrNot(String block, String address, boolean inside) {
        assertThat(Network.parse(block).contains(NetworkAddress.parse(address))).isEqualTo(inside);
        assertThat(Networks.of(List.of(Network.parse(block))).contain(NetworkAddress.parse(address)))
                .isEqualTo(inside);
    }

    @Test
    void noBlocksHoldNoAddress() {
        assertThat(Networks.NONE.isEmpty()).isTrue();
        assertThat(Networks.NONE.contain(NetworkAddress.parse("192.0.2.7"))).isFalse();
    }

    @Test
    void blocksAreSortedAndStandOnce() {
        assertThat(Networks.of(Stream.of("::1", "10.0.0.0/8", "9.0.0.0/8", "10.1.0.0/16", "10.0.0.0/8")
                                .map(Network::parse)
                                .toList())
                        .names())
                .containsExactly("9.0.0.0/8", "10.0.0.0/8", "10.1.0.0/16", "::1/128");
    }

    @Test
    void lookingUpAnswersAsLookingAtEachBlock() {
        Random random = new Random(6);
        for (int round = 0; round < 200; round++) {
            List<Network> blocks = IntStream.range(0, 1 + random.nextInt(40))
                    .mapToObj(_ -> block(random))
                    .toList();
            Networks networks = Networks.of(blocks);
            for (int i = 0; i < 200; i++) {
                NetworkAddress address = address(random);
                assertThat(networks.contain(address))
                        .as(address + " in " + blocks)
                        .isEqualTo(blocks.stream().anyMatch(block -> block.contains(address)));
            }
            blocks.forEach(block -> {
                assertThat(networks.contain(block.first())).isTrue();
                assertThat(networks.contain(block.last())).isTrue();
            });
        }
    }

    /** Few bits vary, so that blocks and addresses meet. */
    private static NetworkAddress address(Random random) {
        return random.nextBoolean()
                ? NetworkAddress.parse(
                        "10.%d.%d.%d".formatted(random.nextInt(4), random.nextInt(4), random.nextInt(256)))
                : NetworkAddress.parse(
                        "2001:db8:%x:%x::%x".formatted(random.nextInt(4), random.nextInt(4) << 14, random.nextInt(4)));
    }

    private static Network block(Random random) {
        NetworkAddress address = address(random);
        boolean ipv4 = address.version() == NetworkAddress.Version.IPV4;
        int length = ipv4 ? 6 + random.nextInt(27) : 30 + random.nextInt(99);
        return blockOf(address, length);
    }

    private static Network blockOf(NetworkAddress address, int length) {
        try {
            return Network.parse(address + "/" + length);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            return Network.parse(message.substring(message.lastIndexOf(' ') + 1));
        }
    }
}
