package dev.nuxari.server.domains;

import static dev.nuxari.server.domains.DomainGround.publish;
import static dev.nuxari.server.domains.DomainGround.unused;
import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestDns;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.xbill.DNS.Rcode;

/** The domains of an organization, as owners and admins keep them, with a name server that answers. */
@ServerTest
@Claim({"I1", "I3"})
class DomainsHttpTest {
    @Autowired
    TestHttp http;

    @Autowired
    ManualClock clock;

    @SuppressWarnings("NullAway.Init")
    private DomainGround ground;

    @BeforeEach
    void givenOrganization() {
        ground = DomainGround.fresh(http, clock);
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    @Test
    void domainIsAddedWithTheRecordThatShowsWhoseItIs() {
        String name = unused();
        Answer answer = ground.tried(" " + name.toUpperCase(Locale.ROOT) + ". ");

        assertThat(answer.status()).isEqualTo(201);
        Json.Obj domain = answer.json();
        assertThat(domain.string("domain")).isEqualTo(name);
        assertThat(domain.string("state")).isEqualTo("pending");
        assertThat(domain.object("record").string("name")).isEqualTo("_nuxari-challenge." + name);
        assertThat(domain.object("record").string("value")).matches("nuxari-domain-verification=[0-9a-f]{32}");
        assertThat(ground.as(Role.ADMIN).get("/domains").items()).containsExactly(domain);
        assertThat(ground.events()).containsExactly("domain.add succeeded");
        assertThat(ground.lastEvent().object("after").canonical())
                .isEqualTo("{\"domain\":\"" + name + "\",\"state\":\"pending\"}");
    }

    @Test
    void recordVerifiesTheDomainAndIsOnRecord() {
        Json.Obj domain = ground.added(unused());
        publish(domain, "v=spf1 -all");

        Json.Obj checked = ground.checked(domain);

        assertThat(checked.string("outcome")).isEqualTo("found");
        assertThat(checked.object("domain").string("state")).isEqualTo("verified");
        assertThat(checked.strings("otherValues")).containsExactly("v=spf1 -all");
        assertThat(ground.shown(domain)).isEqualTo(checked.object("domain"));
        assertThat(ground.events()).containsExactly("domain.add succeeded", "domain.verify succeeded");
        assertThat(ground.lastEvent().object("before").string("state")).isEqualTo("pending");
        assertThat(ground.lastEvent().object("after").string("state")).isEqualTo("verified");
    }

    @Test
    void whatWasFoundIsSaid() {
        String name = unused();
        String record = "_nuxari-challenge." + name;
        Json.Obj domain = ground.added(name);
        TestDns dns = TestDns.instance();

        assertThat(ground.checked(domain).string("outcome")).isEqualTo("no-such-name");
        dns.script(record, (query, asker) -> asker.send(TestDns.answer(query)));
        assertThat(ground.checked(domain).string("outcome")).isEqualTo("no-record");
        dns.script(record, (query, asker) -> asker.send(TestDns.failure(query, Rcode.SERVFAIL)));
        assertThat(ground.checked(domain).string("outcome")).isEqualTo("server-failure");
        dns.script(record, (_, _) -> {});
        assertThat(ground.checked(domain).string("outcome")).isEqualTo("no-answer");
        dns.txt(record, "nuxari-domain-verification=" + "0".repeat(32));
        Json.Obj other = ground.checked(domain);
        assertThat(other.string("outcome")).isEqualTo("other-values");
        assertThat(other.strings("otherValues")).containsExactly("nuxari-domain-verification=" + "0".repeat(32));

        assertThat(ground.shown(domain).string("state")).isEqualTo("pending");
        assertThat(ground.shown(domain).object("lastCheck").string("outcome")).isEqualTo("other-values");
        assertThat(ground.events().subList(1, 6))
                .containsExactly(
                        "domain.check refused",
                        "domain.check refused",
                        "domain.check failed",
                        "domain.check failed",
                        "domain.check refused");
        assertThat(ground.lastEvent().object("metadata").string("checkOutcome")).isEqualTo("other-values");
    }

    @Test
    void aliasThatWasFollowedIsSaid() {
        String name = unused();
        String target = unused();
        Json.Obj domain = ground.added(name);
        String record = domain.object("record").string("name");
        TestDns.instance()
                .script(record, (query, asker) -> asker.send(TestDns.answer(query, TestDns.alias(record, target))));
        TestDns.instance().txt(target, domain.object("record").string("value"));

        Json.Obj checked = ground.checked(domain);

        assertThat(checked.string("outcome")).isEqualTo("found");
        assertThat(checked.strings("aliases")).containsExactly(record);
    }

    /** A zone is written by whoever runs it. */
    @Test
    @Claim("A2")
    void valuesOfOthersAreShownShortWithoutSecretsAndWithoutWhatCannotBeSeen() {
        Json.Obj domain = ground.added(unused());
        String secret = "ghp_" + "a1B2c3D4e5".repeat(3) + "F6g7h8";
        TestDns.instance()
                .txt(
                        domain.object("record").string("name"),
                        "token " + secret,
                        "x".repeat(250),
                        "a\u202eb\u0007c",
                        "4",
                        "5",
                        "6");

        List<String> values = ground.checked(domain).strings("otherValues");

        assertThat(values).hasSize(5).noneMatch(value -> value.contains(secret.substring(4, 20)));
        assertThat(values).contains("x".repeat(80) + "\u2026", "a\ufffdb\ufffdc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "example",
                "co.uk",
                "github.io",
                "10.0.0.1",
                "a b.example",
                "_dmarc.acme.example",
                "*.acme.example",
                "",
                "http://acme.example",
                "owner@acme.example"
            })
    void whatNobodyOwnsOrIsNoDomainIsRefused(String name) {
        Answer answer = ground.tried(name);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-field");
        assertThat(ground.as(Role.OWNER).get("/domains").items()).isEmpty();
    }

    @Test
    void domainThatIsTooLongForARecordBelowItIsRefused() {
        String longest = ("a".repeat(60) + ".").repeat(3) + "b".repeat(44) + ".example";
        assertThat(longest).hasSize(235);

        assertThat(ground.tried(longest).status()).isEqualTo(201);
        assertThat(ground.tried("b" + longest).body()).contains("too long");
        Json.Obj domain = ground.as(Role.OWNER).get("/domains").items().getFirst();
        clock.advance(DomainChecks.EVERY);
        assertThat(ground.checked(domain).string("outcome")).isEqualTo("no-such-name");
    }

    @Test
    void domainIsAddedOnce() {
        String name = unused();
        ground.added(name);

        assertThat(ground.tried(name).problem()).isEqualTo("domain-already-added");
        assertThat(ground.events()).hasSize(1);
    }

    @Test
    void thereAreAtMostAHundred() {
        IntStream.range(0, 99)
                .forEach(_ -> beyondTheWalls()
                        .sql("""
                INSERT INTO organization_domain (organization_id, domain_id, domain, token, state, added_at, next_check_at)
                VALUES (?, gen_random_uuid(), ?, ?, 'pending', now(), now())
                """)
                        .params(ground.organization().id().value(), unused(), "0".repeat(32))
                        .update());

        assertThat(ground.tried(unused()).status()).isEqualTo(201);
        assertThat(ground.tried(unused()).problem()).isEqualTo("too-many-domains");
        Json.Obj some = ground.as(Role.OWNER).get("/domains?limit=1").items().getFirst();
        ground.as(Role.OWNER).post("/domains/" + some.string("id") + "/removals", "{}");
        assertThat(ground.tried(unused()).status()).isEqualTo(201);
    }

    @Test
    void domainIsLookedAtEveryTenSecondsAtMost() {
        String name = unused();
        Json.Obj domain = ground.tried(name).json();
        int asked = asked(name);

        assertThat(ground.checkedNow(domain).problem()).isEqualTo("domain-checked-too-soon");
        clock.advance(Duration.ofSeconds(11));
        assertThat(ground.checkedNow(domain).status()).isEqualTo(201);
        assertThat(ground.checkedNow(domain).problem()).isEqualTo("domain-checked-too-soon");
        assertThat(asked(name)).isEqualTo(asked + 1);
        clock.advance(Duration.ofSeconds(11));
        assertThat(ground.checkedNow(domain).status()).isEqualTo(201);
    }

    @Test
    void domainThatWasRemovedNeedsAnotherChallenge() {
        String name = unused();
        Json.Obj domain = ground.verified(name);

        Answer removed = ground.as(Role.ADMIN).post("/domains/" + domain.string("id") + "/removals", "{}");

        assertThat(removed.status()).isEqualTo(201);
        assertThat(ground.as(Role.OWNER).get("/domains").items()).isEmpty();
        assertThat(ground.lastEvent().string("action")).isEqualTo("domain.remove");
        assertThat(ground.lastEvent().object("before").string("state")).isEqualTo("verified");
        assertThat(ground.checkedNow(domain).problem()).isEqualTo("no-such-domain");
        Json.Obj again = ground.added(name);
        assertThat(again.string("id")).isNotEqualTo(domain.string("id"));
        assertThat(ground.checked(again).string("outcome")).isEqualTo("other-values");
    }

    @Test
    @Claim("T4")
    void verifiedDomainIsRefusedToOthersWhoHavePublishedTheRecordAndNothingIsSaidOfWhoHasIt() {
        String name = unused();
        Json.Obj theirs = ground.verified(name);
        DomainGround second = DomainGround.fresh(http, clock);
        Json.Obj mine = second.added(name);

        Json.Obj before = second.checked(mine);
        publish(mine, theirs.object("record").string("value"));
        Answer after = answerTo(second, mine);

        assertThat(before.string("outcome")).isEqualTo("other-values");
        assertThat(after.json().string("outcome")).isEqualTo("held-elsewhere");
        assertThat(after.json().object("domain").string("state")).isEqualTo("pending");
        assertThat(after.body())
                .doesNotContain(
                        ground.organization().id().toString(),
                        ground.organization().slug(),
                        theirs.string("id"),
                        theirs.string("verifiedAt"));
        assertThat(second.events().getLast()).isEqualTo("domain.check refused");
        assertThat(ground.events()).containsExactly("domain.add succeeded", "domain.verify succeeded");
    }

    private Answer answerTo(DomainGround ground, Json.Obj domain) {
        clock.advance(DomainChecks.EVERY);
        return ground.checkedNow(domain);
    }

    /** Until the record is there, nothing differs from a domain that nobody has. */
    @Test
    @Claim("T4")
    void withoutTheRecordNobodyLearnsThatADomainIsVerifiedElsewhere() {
        String held = unused();
        ground.verified(held);
        DomainGround second = DomainGround.fresh(http, clock);
        String free = unused();
        TestDns.instance().txt("_nuxari-challenge." + free, "another");
        TestDns.instance().txt("_nuxari-challenge." + held, "another");

        Json.Obj first = second.checked(second.added(held));
        Json.Obj other = second.checked(second.added(free));

        assertThat(first.string("outcome")).isEqualTo(other.string("outcome")).isEqualTo("other-values");
        assertThat(first.strings("otherValues")).isEqualTo(other.strings("otherValues"));
    }

    @Test
    void whoIsRefusedIsVerifiedOnceTheOtherHasGone() {
        String name = unused();
        Json.Obj theirs = ground.verified(name);
        DomainGround second = DomainGround.fresh(http, clock);
        Json.Obj mine = second.added(name);
        publish(mine);
        assertThat(second.checked(mine).string("outcome")).isEqualTo("held-elsewhere");

        ground.as(Role.OWNER).post("/domains/" + theirs.string("id") + "/removals", "{}");

        assertThat(second.checked(mine).string("outcome")).isEqualTo("found");
    }

    /** Addresses are compared by the whole domain. */
    @Test
    void subdomainIsAnotherDomain() {
        String name = unused();
        ground.verified(name);

        assertThat(DomainGround.fresh(http, clock).verified("sub." + name).string("state"))
                .isEqualTo("verified");
    }

    private static int asked(String domain) {
        return (int) TestDns.instance().asked().stream()
                .filter(question -> question.contains(domain))
                .count();
    }
}
