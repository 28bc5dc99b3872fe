package dev.nuxari.server.shares;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.protocol.AuditExportVerification;
import dev.nuxari.protocol.AuditExportVerifier;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.server.shares.ShareGround.Ground;
import dev.nuxari.server.shares.ShareGround.Ground.Link;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a link opens, for whom, and what is on record of it. */
@ServerTest
class SharesHttpTest {
    private static final String PACKAGE = "/api/v1/share/evidence-package";
    private static final String EVENTS = "/api/v1/share/audit-events";

    @Autowired
    ShareGround grounds;

    @Autowired
    ManualClock clock;

    // Set before each test.
    @SuppressWarnings("NullAway.Init")
    private Ground ground;

    @BeforeEach
    void givenOrganizationWithEvidence() {
        ground = grounds.fresh();
    }

    @AfterEach
    void clockAsItWas() {
        clock.reset();
    }

    @Test
    void linkShowsItsPackageToWhoeverHoldsIt() {
        Link link = ground.sharePackage();
        TestHttp.Session stranger = ground.holderOf(link);

        Json.Obj introduced = stranger.get("/api/v1/share").json();
        Json.Obj shown = stranger.get(PACKAGE).json();

        assertThat(introduced.string("recipient")).isEqualTo("Ernst the auditor");
        assertThat(introduced.string("packageId"))
                .isEqualTo(ground.evidencePackage().toString());
        assertThat(introduced.string("organizationName"))
                .isEqualTo("Test " + ground.organization().slug());
        assertThat(shown)
                .isEqualTo(ground.as(Role.AUDITOR)
                        .get("/evidence-packages/" + ground.evidencePackage())
                        .json());
    }

    @Test
    @Claim("V4")
    void packageIsTakenAwayInEveryFormatWithTheBytesThatMembersGet() {
        TestHttp.Session stranger = ground.holderOf(ground.sharePackage());
        String members = "/evidence-packages/" + ground.evidencePackage() + "/export?format=";

        for (String format :
                List.of("json", "sigstore", "sigstore-trusted-root", "sigstore-public-key", "oscal", "pdf")) {
            Answer taken = stranger.get(PACKAGE + "/export?format=" + format);

            assertThat(taken.status()).as(format + ": " + taken.body()).isEqualTo(200);
            assertThat(taken.body())
                    .as(format)
                    .isEqualTo(ground.as(Role.AUDITOR).get(members + format).body());
        }
    }

    @Test
    @Claim({"V1", "V4"})
    void linkShowsTheEventsThatItsFilterFindsWithProofs() {
        TestHttp.Session stranger = ground.holderOf(ground.shareEvents("{'action': 'evidence.seal'}"));

        List<Json.Obj> events = stranger.get(EVENTS).items();
        Answer proven = stranger.get(EVENTS + "/" + events.getFirst().integer("sequence"));
        Answer taken = stranger.get(EVENTS + "/export");

        assertThat(events)
                .extracting(event -> event.object("event").string("action"))
                .containsExactly("evidence.seal", "evidence.seal");
        assertThat(proven.json())
                .isEqualTo(ground.as(Role.AUDITOR)
                        .get("/audit-events/" + events.getFirst().integer("sequence"))
                        .json());
        KeyManifest keys = KeyManifest.parse(stranger.get("/api/v1/share/keys").json());
        assertThat(AuditExportVerifier.verify(taken.body().getBytes(UTF_8), Optional.of(keys)))
                .isInstanceOfSatisfying(
                        AuditExportVerification.Verified.class,
                        verified -> assertThat(verified.summary().events()).isEqualTo(2));
    }

    @Test
    void whatBelongsTogetherIsSharedTogether() {
        TestHttp.Session stranger =
                ground.holderOf(ground.shareEvents("{'following': '%s'}".formatted(ground.evidencePackage())));

        assertThat(stranger.get(EVENTS).items())
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.canonical())
                        .contains(ground.evidencePackage().toString()));
    }

    @Test
    @Claim("T4")
    void holderReachesNothingBesides() {
        TestHttp.Session ofPackage = ground.holderOf(ground.sharePackage());
        TestHttp.Session ofEvents = ground.holderOf(ground.shareEvents("{'action': 'evidence.seal'}"));
        long unshared = ground.size() - 1;

        assertThat(ofPackage.get(EVENTS).problem()).isEqualTo("no-such-log-entry");
        assertThat(ofPackage.get(EVENTS + "/export").problem()).isEqualTo("no-such-log-entry");
        assertThat(ofPackage.get(EVENTS + "/0").problem()).isEqualTo("no-such-log-entry");
        assertThat(ofEvents.get(PACKAGE).problem()).isEqualTo("no-such-evidence-package");
        assertThat(ofEvents.get(PACKAGE + "/export").problem()).isEqualTo("no-such-evidence-package");
        for (String number : List.of("" + unshared, "-1", "999999", "" + Long.MAX_VALUE)) {
            assertThat(ofEvents.get(EVENTS + "/" + number).problem()).as(number).isEqualTo("no-such-log-entry");
        }
        // Parameters of the members' search are no parameters here.
        assertThat(ofEvents.get(EVENTS + "?action=share.&actor=system:share&packageId=" + ground.otherPackage())
                        .items())
                .hasSize(2);
    }

    @Test
    @Claim("T4")
    void filterThatNamesWhatAnotherOrganizationHasFindsNothing() {
        Ground other = grounds.fresh();
        for (String name : List.of("following", "targetId")) {
            TestHttp.Session stranger =
                    ground.holderOf(ground.shareEvents("{'%s': '%s'}".formatted(name, other.evidencePackage())));

            assertThat(stranger.get(EVENTS).items()).as(name).isEmpty();
        }
    }

    @Test
    @Claim({"T2", "T6"})
    void linkIsOfNoUseAnywhereElse() {
        Link link = ground.sharePackage();
        Ground other = grounds.fresh();

        for (Ground where : List.of(ground, other)) {
            String organization =
                    "/api/v1/organizations/" + where.organization().id();
            for (String path : List.of(
                    "/api/v1/me",
                    organization,
                    organization + "/members",
                    organization + "/evidence-packages/" + where.evidencePackage(),
                    organization + "/audit-events",
                    organization + "/shares",
                    "/log/" + where.organization().id() + "/checkpoint")) {
                assertThat(ground.holderOf(link).get(path).problem()).as(path).isEqualTo("unauthenticated");
            }
        }
        // And whoever is a member comes by no link.
        assertThat(ground.as(Role.OWNER).get(PACKAGE).problem()).isEqualTo("no-such-share");
    }

    @Test
    void tokenIsShownOnceAndNowhereStored() {
        TestHttp.Session auditor = ground.as(Role.AUDITOR).with("Idempotency-Key", "the-same");
        String path = "/evidence-packages/" + ground.evidencePackage() + "/shares";

        Answer created = auditor.post(path, "{'recipient': 'Ernst'}");
        Answer again = auditor.post(path, "{'recipient': 'Ernst'}");

        Link link = Link.of(created);
        assertThat(link.token()).matches("nxl_[a-z2-7]{26}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}");
        assertThat(again.json()).isEqualTo(created.json().with("token", "shown-once"));
        assertThat(auditor.get("/shares/" + link.id()).body()).doesNotContain(link.token());
        String secret = link.token().substring(31, 74);
        assertThat(everything())
                .contains(link.id(), HexFormat.of().formatHex("shown-once".getBytes(UTF_8)))
                .doesNotContain(secret, HexFormat.of().formatHex(secret.getBytes(UTF_8)));
    }

    @Test
    void whoWasThereIsOnRecordOncePerMinuteAndNetwork() {
        Link link = ground.sharePackage();
        TestHttp.Session stranger = ground.holderOf(link).with("User-Agent", "password=Tr0ub4dor-and-3");

        stranger.get("/api/v1/share");
        stranger.get(PACKAGE);
        stranger.get(PACKAGE + "/export");
        clock.advance(Duration.ofMinutes(2));
        stranger.get(PACKAGE);

        assertThat(ground.lately(4))
                .containsExactly(
                        "share.create succeeded member",
                        "share.open succeeded share",
                        "evidence.export succeeded share",
                        "share.open succeeded share");
        List<Json.Obj> trail =
                ground.as(Role.OWNER).get("/shares/" + link.id()).json().objects("trail");
        assertThat(trail)
                .extracting(event -> event.string("action"))
                .containsExactly("share.open", "evidence.export", "share.open", "share.create");
        assertThat(trail.getFirst().string("network")).isEqualTo("127.0.0.1");
        assertThat(trail.getFirst().bool("byTheHolder")).isTrue();
        assertThat(trail.getFirst().string("userAgent")).startsWith("password=[redacted");
    }

    @Test
    void holderCannotFillTheLog() {
        TestHttp.Session stranger = ground.holderOf(ground.sharePackage());
        long before = ground.size();

        List<Integer> answers = IntStream.range(0, 15)
                .mapToObj(_ -> stranger.get(PACKAGE + "/export").status())
                .toList();

        assertThat(answers).startsWith(200, 200).endsWith(429, 429);
        assertThat(ground.size() - before).isLessThanOrEqualTo(10);
    }

    @Test
    void refusedOpeningIsOnRecordWithItsReasonOncePerMinute() {
        Link link = ground.sharePackage();
        ground.as(Role.ADMIN).post("/shares/" + link.id() + "/revocations", "{}");

        ground.holderOf(link).get(PACKAGE);
        ground.holderOf(link).get(PACKAGE);
        clock.advance(Duration.ofMinutes(2));
        ground.holderOf(link).get(PACKAGE);

        assertThat(ground.lately(4))
                .containsExactly(
                        "share.create succeeded member",
                        "share.revoke succeeded member",
                        "share.open refused system",
                        "share.open refused system");
        assertThat(ground.as(Role.OWNER)
                        .get("/audit-events?targetId=" + link.id())
                        .items())
                .hasSize(4);
    }

    @Test
    void lastUseIsTheLast() {
        Link link = ground.sharePackage("{'recipient': 'Ernst', 'mostUses': 1}");
        TestHttp.Session stranger = ground.holderOf(link);

        // Reading on is no second use.
        assertThat(stranger.get("/api/v1/share").json().integer("usesLeft")).isZero();
        assertThat(stranger.get(PACKAGE).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(31));

        assertThat(stranger.get(PACKAGE).problem()).isEqualTo("no-such-share");
        assertThat(state(link)).isEqualTo("used-up");
    }

    @Test
    void linkEndsWithItsTime() {
        Link week = ground.sharePackage();
        Link day = ground.sharePackage("{'recipient': 'Ernst', 'validDays': 1}");

        clock.advance(Duration.ofDays(1));

        assertThat(ground.holderOf(day).get(PACKAGE).problem()).isEqualTo("no-such-share");
        assertThat(ground.holderOf(week).get(PACKAGE).status()).isEqualTo(200);
        clock.advance(Duration.ofDays(6));
        assertThat(ground.holderOf(week).get(PACKAGE).problem()).isEqualTo("no-such-share");
        assertThat(state(week)).isEqualTo("expired");
    }

    @Test
    void linkEndsWithTheRightOfWhoMadeIt() {
        Link link = ground.sharePackage();
        UUID creator = ground.organization().member(Role.AUDITOR).id().value();

        ground.change("UPDATE member SET role = 'approver' WHERE member_id = ?", creator);
        assertThat(ground.holderOf(link).get(PACKAGE).problem()).isEqualTo("no-such-share");
        assertThat(state(link)).isEqualTo("creator-not-permitted");

        ground.change("UPDATE member SET role = 'auditor', state = 'suspended' WHERE member_id = ?", creator);
        assertThat(ground.holderOf(link).get(PACKAGE).problem()).isEqualTo("no-such-share");

        ground.change("UPDATE member SET state = 'active' WHERE member_id = ?", creator);
        assertThat(ground.holderOf(link).get(PACKAGE).status()).isEqualTo(200);
    }

    @Test
    void linkEndsWithTheOrganization() {
        Link link = ground.sharePackage();

        ground.change(
                "UPDATE organization SET state = 'suspended' WHERE organization_id = ?",
                ground.organization().id().value());

        assertThat(ground.holderOf(link).get(PACKAGE).problem()).isEqualTo("no-such-share");
    }

    @Test
    @Claim("T4")
    void strangersCannotTellWhyALinkOpensNothing() {
        Link revoked = ground.sharePackage();
        ground.as(Role.AUDITOR).post("/shares/" + revoked.id() + "/revocations", "{}");
        Link expired = ground.sharePackage();
        ground.change(
                "UPDATE share_link SET created_at = now() - interval '2 days', expires_at = now() - interval '1 day'"
                        + " WHERE share_id = ?",
                UUID.fromString(expired.id()));
        ShareToken never = ShareToken.random(ground.organization().id());
        ShareToken nowhere = ShareToken.random(new dev.nuxari.kernel.OrganizationId(UUID.randomUUID()));

        List<Answer> answers = List.of(
                timed(revoked.token()),
                timed(expired.token()),
                timed(never.text()),
                timed(nowhere.text()),
                timed(never.text().replaceFirst(".$", "!")),
                timed("anything"));

        assertThat(answers).extracting(Answer::status).containsOnly(404);
        assertThat(answers)
                .extracting(answer -> answer.json().without("traceId"))
                .containsOnly(answers.getFirst().json().without("traceId"));
        assertThat(answers).extracting(answer -> headers(answer)).containsOnly(headers(answers.getFirst()));
    }

    @Test
    void conditionsHaveLimits() {
        String path = "/evidence-packages/" + ground.evidencePackage() + "/shares";
        for (String body : List.of(
                "{}",
                "{'recipient': ' '}",
                "{'recipient': 'E', 'validDays': 91}",
                "{'recipient': 'E', 'validDays': 0}",
                "{'recipient': 'E', 'mostUses': 0}",
                "{'recipient': 'E', 'mostUses': 1001}")) {
            Answer answer = ground.as(Role.AUDITOR).post(path, body);
            assertThat(answer.problem()).as(body).isEqualTo("invalid-field");
        }
        assertThat(ground.as(Role.AUDITOR)
                        .post("/audit-events/shares", "{'recipient': 'E', 'filter': {'action': 'X'}}")
                        .problem())
                .isEqualTo("invalid-field");
        assertThat(ground.as(Role.AUDITOR)
                        .post("/evidence-packages/" + UUID.randomUUID() + "/shares", "{'recipient': 'E'}")
                        .problem())
                .isEqualTo("no-such-evidence-package");
    }

    private String state(Link link) {
        return ground.as(Role.OWNER)
                .get("/shares/" + link.id())
                .json()
                .object("share")
                .string("state");
    }

    private Answer timed(String token) {
        long since = System.nanoTime();
        Answer answer = ground.http().withToken(token).get(PACKAGE);
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThanOrEqualTo(Duration.ofMillis(250));
        return answer;
    }

    private static List<String> headers(Answer answer) {
        return answer.response().headers().map().entrySet().stream()
                .filter(header -> !header.getKey().equalsIgnoreCase("date"))
                .map(Object::toString)
                .sorted()
                .toList();
    }

    /** Every row of the organization, in every table. */
    private String everything() {
        StringBuilder all = new StringBuilder();
        for (String table :
                beyondTheWalls().sql("""
                        SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
                        WHERE attname = 'organization_id' AND relkind = 'r' AND relnamespace = 'public'::regnamespace
                        """).query((row, _) -> row.getString(1)).list()) {
            beyondTheWalls()
                    .sql("SELECT t::text || coalesce(to_jsonb(t)::text, '') FROM " + table
                            + " t WHERE organization_id = ?")
                    .param(ground.organization().id().value())
                    .query((row, _) -> row.getString(1))
                    .list()
                    .forEach(all::append);
        }
        return all.toString();
    }
}
