package dev.nuxari.server.audit;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.kernel.Role;
import dev.nuxari.protocol.AuditExportVerification;
import dev.nuxari.protocol.AuditExportVerifier;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import dev.nuxari.server.testing.TestPolicy;
import dev.nuxari.transparency.CompactRange;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What no event can hold is refused with a reason, and neither the action nor half an event is left behind. */
@ServerTest
@Claim({"A1", "A5"})
class HostileEventHttpTest {
    private static final Target NOTHING = new Target("nothing", "none");
    private static final int LARGEST_EVENT = 60 * 1024;

    @Autowired
    TestHttp http;

    @Autowired
    AuditLog log;

    @Autowired
    LogInspection inspection;

    @Autowired
    OrganizationScope scope;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    Redactor redactor;

    @Autowired
    ManualClock clock;

    private TestOrganization organization = TestOrganization.fresh();

    private enum Action implements AuditAction {
        NOTHING_HAPPEN
    }

    @BeforeEach
    void givenALog() {
        organization = TestOrganization.fresh();
        append("x");
    }

    @AfterEach
    void clockIsRightAndTheLogIsSound() {
        clock.reset();
        assertThat(inspection.inspect(organization.id(), caller(), CompactRange.empty(), 2))
                .isInstanceOfSatisfying(
                        Inspected.Sound.class,
                        sound -> assertThat(sound.complete()).isTrue());
    }

    @Test
    void eventThatIsTooLargeTakesItsWholeTransactionBack() {
        Map<String, Long> before = rows();

        assertThatThrownBy(() -> scope.run(organization.id(), caller(), () -> {
                    log.append(event("small"));
                    log.append(event("word ".repeat(LARGEST_EVENT / 5)));
                }))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.type()).isEqualTo(AuditProblem.EVENT_TOO_LARGE);
                    assertThat(refused)
                            .hasMessageContaining("nothing.happen")
                            .hasMessageContaining("61422")
                            .hasMessageContaining("Nothing has changed");
                });

        assertThat(rows()).isEqualTo(before);
        append("y");
        assertThat(head()).isEqualTo(2);
    }

    /** Of the sizes around the limit: the largest fits, with room for any sequence number; one byte more does not. */
    @Test
    void largestEventIsOneThatTheLogTakes() {
        append("x".repeat(10));
        int frame = lastLeaf().length - 10;
        int room = LARGEST_EVENT - 18 - frame;

        append("a ".repeat(room / 2) + "a".repeat(room % 2));

        assertThat(lastLeaf().length).isEqualTo(LARGEST_EVENT - 18);
        assertThatThrownBy(() -> append("a ".repeat(room / 2) + "a".repeat(room % 2 + 1)))
                .isInstanceOf(ProblemException.class);
        assertThat(head()).isEqualTo(3);
    }

    /** Both lists of a change are in its event: what is accepted can be replaced again. */
    @Test
    void longListsOfDomainsFitIntoTheEventOfTheirChange() {
        TestHttp.Session owner = http.as(organization.member(Role.OWNER));

        assertThat(owner.with("If-Match", "\"1\"")
                        .send("PUT", "/identity-policy", domains("a", 24_000))
                        .status())
                .isEqualTo(200);
        assertThat(owner.with("If-Match", "\"2\"")
                        .send("PUT", "/identity-policy", domains("b", 24_000))
                        .status())
                .isEqualTo(200);

        Answer answer =
                refused(() -> owner.with("If-Match", "\"3\"").send("PUT", "/identity-policy", domains("c", 24_001)));
        assertThat(answer.problem()).isEqualTo("invalid-field");
        assertThat(answer.json().objects("errors").getFirst().string("pointer")).isEqualTo("/emailDomainAllowlist");
        assertThat(answer.json().string("detail")).contains("24000");
    }

    /** Longer lists of networks stand in the event as their number and their hash. */
    @Test
    void longListsOfBothKindsFitIntoTheEventOfTheirChange() {
        TestHttp.Session owner = http.as(organization.member(Role.OWNER));
        for (int version = 1; version <= 3; version++) {
            Json.Obj policy = Json.parseObject(domains("d", 24_000)).with("ipAllowlist", networks(version));

            Answer answer =
                    owner.with("If-Match", "\"" + version + "\"").send("PUT", "/identity-policy", policy.canonical());

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        }
        Json.Obj event = Json.parseObject(new String(lastLeaf(), UTF_8));
        assertThat(event.object("after").object("ipAllowlist").integer("count")).isEqualTo(1000);
        assertThat(event.object("after").object("ipAllowlist").string("sha256"))
                .isNotEqualTo(event.object("before").object("ipAllowlist").string("sha256"));
    }

    /** As long as they can be; the tests come from this machine. */
    private static List<String> networks(int version) {
        return Stream.concat(
                        Stream.of("127.0.0.0/8"),
                        IntStream.range(0, 999)
                                .mapToObj(i ->
                                        "2001:db8:%d:1111:2222:3333:4444:%x".formatted(1000 + version, 0x1000 + i)))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "1E+309", "0.001e320", "[1, {'a': 1e999}]", "1e999999999"})
    void numberThatNoDoubleHolds(String number) {
        Answer answer = refused(() -> connect("'disabledValue': " + number));

        assertThat(answer.problem()).isIn("invalid-field", "malformed-json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "99999999999999999999", "1.5", "-1e400", "2147483648"})
    void numberThatIsNoCount(String number) {
        Answer answer = refused(() -> http.as(organization.member(Role.OWNER))
                .post("/log-key-rotations", "{'manifestVersion': %s, 'justification': 'work'}".formatted(number)));

        assertThat(answer.problem()).isEqualTo("invalid-field");
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 501, 60_000})
    void settingsThatAreNestedTooDeeply(int levels) {
        String deep = "{'a':".repeat(levels) + "1" + "}".repeat(levels);

        assertThat(refused(() -> connect("'disabledValue': " + deep)).problem())
                .isIn("invalid-field", "malformed-json");
        assertThat(refused(() -> http.as(organization.member(Role.ADMIN)).post("/connectors", deep))
                        .problem())
                .isIn("unknown-field", "malformed-json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'host': 'a', 'host': 'b'", "'host': 'a', 'h\\u006fst': 'b'", "'x': [{'y': 1, 'y': 2}]"})
    void memberThatStandsTwice(String members) {
        assertThat(refused(() -> connect(members)).problem()).isEqualTo("malformed-json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'a\\u0000b': 1",
                "'\\ud800': 1",
                "'disabledValue': '\\udc00\\ud800'",
                "'disabledValue': ['\\u0000']",
                "'disabledValue': {'a': {'\\udfff': true}}"
            })
    void settingsWithWhatIsNoCharacter(String members) {
        assertThat(refused(() -> connect(members)).problem()).isIn("invalid-field", "malformed-json");
    }

    /** Overlong, half of a pair, a pair in six bytes, beyond the last plane, cut off, and no beginning. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "c080",
                "c1bf",
                "e08080",
                "f0808080",
                "eda080",
                "eda0bdedb880",
                "f4908080",
                "f8888080",
                "e282",
                "80"
            })
    void bytesThatAreNotUtf8(String bytes) {
        byte[] body = around(bytes, "work", wish());

        Answer answer = refused(() -> http.as(organization.member(Role.REQUESTER))
                .with("Idempotency-Key", UUID.randomUUID().toString())
                .with("Content-Type", "application/json")
                .exchange("POST", "/requests", BodyPublishers.ofByteArray(body)));

        assertThat(answer.problem()).isIn("malformed-json", "invalid-field");
    }

    /** Not even in a body that is refused for something else: what is audited of it is what was sent. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32"})
    void bodyInAnotherEncoding(String encoding) {
        byte[] body = wish().replace('\'', '"').getBytes(Charset.forName(encoding));

        Answer answer = refused(() -> http.as(organization.member(Role.REQUESTER))
                .with("Idempotency-Key", UUID.randomUUID().toString())
                .with("Content-Type", "application/json")
                .exchange("POST", "/requests", BodyPublishers.ofByteArray(body)));

        assertThat(answer.problem()).isEqualTo("malformed-json");
    }

    /** The order is that of the sequence, whatever the times say; what was written is as provable as ever. */
    @Test
    void logStillVerifiesWhenTheClockWasSetBackBetweenTwoEvents() {
        KeyManifest root = KeyManifest.parse(http.as(organization.member(Role.AUDITOR))
                .get("/log/" + organization.id() + "/keys")
                .json());
        append("before");
        clock.advance(Duration.ofSeconds(-10));
        append("after");

        assertThat(field("at", 2)).isLessThan(field("at", 1));
        assertThat(field("metadata", 2)).contains("after");
        Answer export = http.as(organization.member(Role.AUDITOR)).get("/audit-events/export");
        assertThat(export.status()).isEqualTo(200);
        assertThat(AuditExportVerifier.verify(export.body().getBytes(UTF_8), Optional.of(root)))
                .isInstanceOf(AuditExportVerification.Verified.class);
        assertThat(http.as(organization.member(Role.OWNER))
                        .post("/log-key-rotations", "{'manifestVersion': 1, 'justification': 'work'}")
                        .status())
                .isEqualTo(201);
    }

    private Answer refused(Supplier<Answer> call) {
        Map<String, Long> before = rows();

        Answer answer = call.get();

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.header("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.json().string("detail")).isNotBlank();
        assertThat(rows()).isEqualTo(before);
        return answer;
    }

    private Answer connect(String settings) {
        return http.as(organization.member(Role.ADMIN)).post("/connectors", """
                {'kind': 'ldap', 'name': 'Directory',
                 'settings': {'port': 1, 'peopleBase': 'ou=a', 'groupsBase': 'ou=b', %s},
                 'credentials': {'observe': {'bindDn': 'cn=x', 'password': 'x'}}}
                """.formatted(
                        settings.contains("'host'") ? settings : "'host': '127.0.0.1', " + settings));
    }

    private static String wish() {
        return "{'entitlementId': '%s', 'justification': 'work'}".formatted(UUID.randomUUID());
    }

    private static byte[] around(String hex, String word, String body) {
        String[] parts = body.replace('\'', '"').split(word, 2);
        String all = HexFormat.of().formatHex(parts[0].getBytes(UTF_8))
                + hex
                + HexFormat.of().formatHex(parts[1].getBytes(UTF_8));
        return HexFormat.of().parseHex(all);
    }

    /** Different domains that have so many characters together. */
    private static String domains(String letter, int characters) {
        int each = 60;
        int count = characters / each;
        List<String> names = IntStream.range(0, count)
                .mapToObj(i -> {
                    String end = "-%03d.example".formatted(i);
                    int length = i == 0 ? each + characters % each : each;
                    return "'" + letter.repeat(length - end.length()) + end + "'";
                })
                .toList();
        return TestPolicy.with("{'emailDomainAllowlist': " + names + "}");
    }

    /** How many rows the organization has in every table, but for the memory of keys, which is about requests. */
    private Map<String, Long> rows() {
        Map<String, Long> rows = new TreeMap<>();
        beyondTheWalls()
                .sql("""
                        SELECT table_name FROM information_schema.columns
                        JOIN information_schema.tables USING (table_schema, table_name)
                        WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND column_name = 'organization_id'
                            AND table_name <> 'idempotency_key'
                        """)
                .query((row, _) -> String.valueOf(row.getString(1)))
                .list()
                .forEach(table -> rows.put(table, count(table)));
        rows.put("size of the log", head());
        return rows;
    }

    private long count(String table) {
        return number("SELECT count(*) FROM " + table + " WHERE organization_id = ?");
    }

    private long head() {
        return number("SELECT size FROM audit_head WHERE organization_id = ?");
    }

    private long number(String sql) {
        return beyondTheWalls()
                .sql(sql)
                .param(organization.id().value())
                .query((row, _) -> row.getLong(1))
                .single();
    }

    private byte[] lastLeaf() {
        return beyondTheWalls()
                .sql("SELECT leaf FROM audit_event WHERE organization_id = ? ORDER BY sequence DESC LIMIT 1")
                .param(organization.id().value())
                .query((row, _) -> row.getBytes(1))
                .single();
    }

    private String field(String name, long sequence) {
        return beyondTheWalls()
                .sql("""
                        SELECT convert_from(leaf, 'UTF8')::jsonb ->> ? FROM audit_event
                        WHERE organization_id = ? AND sequence = ?
                        """)
                .params(name, organization.id().value(), sequence)
                .query((row, _) -> String.valueOf(row.getString(1)))
                .single();
    }

    private AuditEvent event(String text) {
        return AuditEvent.of(Action.NOTHING_HAPPEN, NOTHING).metadata(redactor.redact(Json.object("text", text)));
    }

    private void append(String text) {
        scope.run(organization.id(), caller(), () -> log.append(event(text)));
    }

    private Caller caller() {
        return organization.caller(doorkeeper, Role.AUDITOR);
    }
}
