package dev.nuxari.server.domains;

import static dev.nuxari.server.testing.TestDns.alias;
import static dev.nuxari.server.testing.TestDns.answer;
import static dev.nuxari.server.testing.TestDns.failure;
import static dev.nuxari.server.testing.TestDns.name;
import static dev.nuxari.server.testing.TestDns.question;
import static dev.nuxari.server.testing.TestDns.txtRecord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.server.testing.TestDns;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;

/** The code that looks, and a name server on loopback that answers well, badly, and with intent. */
@Claim("I1")
@Timeout(20)
class DnsLookupsTest {
    private static final String NAME = "_nuxari-challenge.acme.example";
    private static final Duration PATIENCE = Duration.ofMillis(600);
    private static final int HEADER = 12;

    private final TestDns server = new TestDns();
    private final DnsLookups dns = new DnsLookups(new DomainsConfig(List.of(server.address()), PATIENCE));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void recordIsFoundAndNothingButTxtIsAskedFor() {
        server.txt(NAME, "nuxari-domain-verification=1");

        assertThat(dns.txt(NAME)).isEqualTo(values("nuxari-domain-verification=1"));
        assertThat(server.asked()).containsExactly("TXT " + NAME);
    }

    @Test
    void nothingIsRememberedBetweenTwoLooks() {
        assertThat(dns.txt(NAME)).isEqualTo(new Lookup.NoSuchName());
        server.txt(NAME, "now");
        assertThat(dns.txt(NAME)).isEqualTo(values("now"));
        server.txt(NAME, "then");
        assertThat(dns.txt(NAME)).isEqualTo(values("then"));
    }

    @Test
    void stringsOfOneRecordAreJoinedWithNothingBetween() {
        server.script(
                NAME,
                (query, asker) ->
                        asker.send(answer(query, txtRecord(name(NAME), "nuxari-domain-", "verification", "=1"))));

        assertThat(dns.txt(NAME)).isEqualTo(values("nuxari-domain-verification=1"));
    }

    @Test
    void nameWithoutTxtRecordHasNoValues() {
        server.script(NAME, (query, asker) -> asker.send(answer(query)));

        assertThat(dns.txt(NAME)).isEqualTo(values());
    }

    @Test
    void answerThatIsCutOffIsAskedForAgainByTcp() {
        String[] many = IntStream.range(0, 300)
                .mapToObj("value-%d-of-three-hundred"::formatted)
                .toArray(String[]::new);
        server.script(NAME, (query, asker) -> {
            if (asker.isByTcp()) {
                asker.send(answer(query, records(many)));
            } else {
                Message cut = answer(query, records("value-0-of-three-hundred"));
                cut.getHeader().setFlag(Flags.TC);
                asker.send(cut);
            }
        });

        assertThat(((Lookup.Answered) dns.txt(NAME)).values()).containsExactlyInAnyOrder(many);
        assertThat(server.asked()).containsExactly("TXT " + NAME, "TXT " + NAME + " tcp");
    }

    @Test
    void aliasIsFollowedWithinTheAnswer() {
        server.script(
                NAME,
                (query, asker) -> asker.send(
                        answer(query, alias(NAME, "acme.dns.example"), txtRecord(name("acme.dns.example"), "there"))));

        assertThat(dns.txt(NAME)).isEqualTo(new Lookup.Answered(List.of("there"), List.of(NAME)));
    }

    @Test
    void aliasIsFollowedByAnotherQuestionToTheSameServer() {
        server.script(NAME, (query, asker) -> asker.send(answer(query, alias(NAME, "acme.dns.example"))));
        server.txt("acme.dns.example", "there");

        assertThat(dns.txt(NAME)).isEqualTo(new Lookup.Answered(List.of("there"), List.of(NAME)));
        assertThat(server.asked()).containsExactly("TXT " + NAME, "TXT acme.dns.example");
    }

    @Test
    void aliasesInACircleAreGivenUp() {
        server.script(NAME, (query, asker) -> asker.send(answer(query, alias(NAME, "other.example"))));
        server.script("other.example", (query, asker) -> asker.send(answer(query, alias("other.example", NAME))));

        assertThat(dns.txt(NAME)).isEqualTo(new Lookup.ServerFailure());
        assertThat(server.asked()).hasSizeLessThan(20);
    }

    @Test
    void aliasesWithoutEndAreGivenUp() {
        IntStream.range(0, 40)
                .forEach(hop -> server.script(
                        "hop-%d.example".formatted(hop),
                        (query, asker) -> asker.send(answer(
                                query, alias("hop-%d.example".formatted(hop), "hop-%d.example".formatted(hop + 1))))));

        assertThat(dns.txt("hop-0.example")).isEqualTo(new Lookup.ServerFailure());
        assertThat(server.asked()).hasSizeLessThan(20);
    }

    @Test
    void recordOfAnotherNameCountsForNothing() {
        server.script(
                NAME,
                (query, asker) ->
                        asker.send(answer(query, txtRecord(name("_nuxari-challenge.evil.example"), "planted"))));

        assertThat(dns.txt(NAME)).isEqualTo(values());
    }

    @Test
    void nameThatDoesNotExistIsToldFromOneWithoutRecords() {
        assertThat(dns.txt(NAME)).isEqualTo(new Lookup.NoSuchName());
    }

    @ParameterizedTest
    @ValueSource(ints = {Rcode.SERVFAIL, Rcode.REFUSED, Rcode.FORMERR, Rcode.NOTIMP})
    void failureOfTheServerIsOne(int code) {
        server.script(NAME, (query, asker) -> asker.send(failure(query, code)));

        assertThat(dns.txt(NAME)).isEqualTo(new Lookup.ServerFailure());
    }

    @Test
    void silenceEndsInTime() {
        server.script(NAME, (_, _) -> {});
        long begun = System.nanoTime();

        assertThat(dns.txt(NAME)).isEqualTo(new Lookup.NoAnswer());
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)).isLessThan(2 * PATIENCE.toMillis());
    }

    @Test
    void datagramThatGotLostIsSentAgain() {
        var patient = new DnsLookups(new DomainsConfig(List.of(server.address()), Duration.ofSeconds(5)));
        server.script(NAME, (_, _) -> server.txt(NAME, "at last"));

        assertThat(patient.txt(NAME)).isEqualTo(values("at last"));
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void silenceOverTcpEndsInTime() {
        server.script(NAME, (query, asker) -> {
            if (!asker.isByTcp()) {
                Message cut = answer(query);
                cut.getHeader().setFlag(Flags.TC);
                asker.send(cut);
            }
        });

        assertThat(dns.txt(NAME)).isInstanceOfAny(Lookup.NoAnswer.class, Lookup.ServerFailure.class);
    }

    @Test
    void serverThatIsNotThereIsNoAnswer() throws IOException {
        int free;
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        var nobody = new DnsLookups(new DomainsConfig(List.of("127.0.0.1:" + free), PATIENCE));

        assertThat(nobody.txt(NAME)).isEqualTo(new Lookup.NoAnswer());
    }

    @Test
    void secondServerIsAskedWhenTheFirstIsSilent() {
        try (var silent = new TestDns()) {
            silent.script(NAME, (_, _) -> {});
            server.txt(NAME, "from the second");
            var both = new DnsLookups(
                    new DomainsConfig(List.of(silent.address(), server.address()), Duration.ofSeconds(8)));

            assertThat(both.txt(NAME)).isEqualTo(values("from the second"));
        }
    }

    /** Somebody who sees nothing of the question guesses its number, from another address. */
    @Test
    void answerFromAnotherAddressCountsForNothing() {
        server.script(NAME, (query, asker) -> {
            asker.sendFromElsewhere(answer(query, records("planted")).toWire());
            asker.send(answer(query, records("true")));
        });

        assertThat(dns.txt(NAME)).isEqualTo(values("true"));
    }

    @Test
    void answerWithAnotherNumberCountsForNothing() {
        server.script(NAME, (query, asker) -> {
            byte[] wrong = answer(query, records("planted")).toWire();
            wrong[1] ^= 1;
            asker.send(wrong);
        });

        assertThat(dns.txt(NAME)).isInstanceOfAny(Lookup.ServerFailure.class, Lookup.NoAnswer.class);
    }

    @Test
    void answerToAnotherQuestionCountsForNothing() {
        server.script(NAME, (query, asker) -> {
            Message other = Message.newQuery(txtRecord(name("other.example"), "x"));
            other.getHeader().setID(query.getHeader().getID());
            asker.send(answer(other, records("planted")));
        });

        assertThat(dns.txt(NAME)).isInstanceOfAny(Lookup.ServerFailure.class, Lookup.NoAnswer.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 11, 12, 13, 40, 60})
    void answerThatEndsInTheMiddleIsUnreadable(int length) {
        server.script(
                NAME,
                (query, asker) -> asker.send(Arrays.copyOf(
                        answer(query, records("x".repeat(200))).toWire(), length)));

        assertThat(dns.txt(NAME)).isInstanceOfAny(Lookup.ServerFailure.class, Lookup.NoAnswer.class);
    }

    @Test
    void rubbishIsUnreadable() {
        Random random = new Random(1);
        server.script(NAME, (query, asker) -> {
            byte[] rubbish = answer(query, records("x".repeat(200))).toWire();
            for (int place = HEADER; place < rubbish.length; place++) {
                rubbish[place] = (byte) random.nextInt();
            }
            asker.send(rubbish);
        });

        for (int tries = 0; tries < 50; tries++) {
            assertThat(dns.txt(NAME)).isInstanceOfAny(Lookup.ServerFailure.class, Lookup.NoAnswer.class);
        }
    }

    /** RFC 1035, section 4.1.4: a pointer to itself, or two that point to each other. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void compressedNameThatNeverEndsIsUnreadable(int distance) {
        server.script(NAME, (query, asker) -> {
            byte[] wire = answer(query, records("planted")).toWire();
            int owner = HEADER + question(query).toWire(0).length;
            int target = owner + distance;
            byte[] longer = Arrays.copyOf(wire, wire.length + 4);
            pointer(longer, owner, target);
            pointer(longer, owner + 2, owner);
            asker.send(longer);
        });

        assertThat(dns.txt(NAME)).isInstanceOfAny(Lookup.ServerFailure.class, Lookup.NoAnswer.class);
    }

    private static void pointer(byte[] wire, int at, int target) {
        wire[at] = (byte) (0xc0 | target >> 8);
        wire[at + 1] = (byte) target;
    }

    private static Record[] records(String... values) {
        return Arrays.stream(values).map(value -> txtRecord(name(NAME), value)).toArray(Record[]::new);
    }

    private static Lookup values(String... values) {
        return new Lookup.Answered(List.of(values), List.of());
    }
}
