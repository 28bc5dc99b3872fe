package dev.nuxari.server.terms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.platform.testing.SharedKeycloak;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestOrganization;
import dev.nuxari.server.testing.TestPolicy;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the real Keycloak is told when an organization's terms change. */
@ServerTest
@Claim("I2")
class TermsTellingTest {
    @Autowired
    TestHttp http;

    @Autowired
    TermsTelling telling;

    @Autowired
    Doorkeeper doorkeeper;

    private TestOrganization organization = TestOrganization.atBroker();
    private int version = 1;

    @BeforeEach
    void givenAnOrganization() {
        organization = TestOrganization.atBroker();
        version = 1;
    }

    @Test
    void changedTermsAreTold() {
        change(
                "{'mfaRequired': 'everybody', 'loginMethods': ['password', 'saml'], 'ipAllowlist': ['127.0.0.0/8', '::/0'],"
                        + " 'sessionMaxAge': 'PT2H'}");

        Json.Obj told = toldOf(2);
        assertThat(told.string("mfaRequired")).isEqualTo("everybody");
        assertThat(told.strings("loginMethods")).containsExactlyInAnyOrder("password", "saml");
        assertThat(told.strings("ipAllowlist")).containsExactlyInAnyOrder("127.0.0.0/8", "::/0");
        assertThat(told.integer("sessionMaxAge")).isEqualTo(7200);
    }

    /** The broker knows no roles, so that it is not told of them. */
    @Test
    void factorOfPrivilegedRolesIsTheServersBusiness() {
        change("{'mfaRequired': 'privileged'}");

        assertThat(toldOf(2).string("mfaRequired")).isEqualTo("nobody");
    }

    @Test
    void longListComesInParts() {
        List<String> blocks = IntStream.range(0, 300)
                .mapToObj(i -> "10." + i / 250 + "." + i % 250 + ".0/24")
                .collect(Collectors.toList());
        blocks.add("127.0.0.0/8");

        change(Json.object("ipAllowlist", blocks).canonical());

        assertThat(toldOf(2).strings("ipAllowlist")).containsExactlyInAnyOrderElementsOf(blocks);
        assertThat(values()).hasSizeGreaterThan(10).allMatch(value -> value.length() <= 255);
    }

    @Test
    void otherAttributesStay() {
        var admin = SharedKeycloak.instance().admin();
        String address = "/admin/realms/nuxari/organizations/" + organization.id();
        Json.Obj before = Json.parseObject(admin.exchange("GET", address, "").body());
        admin.exchange(
                "PUT",
                address,
                before.with("attributes", Json.object("theirs", List.of("kept")))
                        .canonical());

        change("{'mfaRequired': 'everybody'}");
        toldOf(2);

        Json.Obj after = Json.parseObject(admin.exchange("GET", address, "").body());
        assertThat(after.object("attributes").strings("theirs")).containsExactly("kept");
        assertThat(after.objects("domains")).isEqualTo(before.objects("domains"));
    }

    /**
     * Timers of several versions run on several nodes at once. Whoever is slow writes what was the policy when they began over what
     * is the policy now, and puts that right.
     */
    @Test
    void newestTermsAreToldInTheEndWhoeverIsLast() throws InterruptedException {
        List<Thread> others = Stream.generate(() ->
                        Thread.ofVirtual().start(() -> IntStream.range(0, 8).forEach(_ -> tell())))
                .limit(4)
                .toList();
        for (int hours = 1; hours <= 8; hours++) {
            change("{'sessionMaxAge': 'PT" + hours + "H'}");
        }
        for (Thread other : others) {
            other.join();
        }

        assertThat(toldOf(9).integer("sessionMaxAge")).isEqualTo(8 * 3600);
        assertThat(values()).hasSize(1);
    }

    /** What the timer does, until there is nothing left to do. */
    private void tell() {
        Caller caller = doorkeeper.admitSystem(organization.id(), telling.kind());
        for (int times = 0; times < 20 && telling.run(caller, "1").isPresent(); times++) {
            Thread.onSpinWait();
        }
    }

    private void change(String policy) {
        var answer = http.as(organization.member(Role.OWNER))
                .with("If-Match", "\"" + version + "\"")
                .send("PUT", "/identity-policy?lockMeOut=true", TestPolicy.with(policy));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        version++;
    }

    private Json.Obj toldOf(int wanted) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(this::told, told -> told.integer("version") == wanted);
    }

    private Json.Obj told() {
        List<String> values = values();
        return values.isEmpty()
                ? Json.object("version", 0)
                : Json.parseObject(values.stream()
                        .sorted(Comparator.comparingInt(
                                value -> Integer.parseInt(value.substring(0, value.indexOf('/')))))
                        .map(value -> value.substring(value.indexOf(':') + 1))
                        .collect(Collectors.joining()));
    }

    private List<String> values() {
        Json.Obj found = Json.parseObject(SharedKeycloak.instance()
                .admin()
                .exchange("GET", "/admin/realms/nuxari/organizations/" + organization.id(), "")
                .body());
        return found.has("attributes") && found.object("attributes").has("nuxari.terms")
                ? found.object("attributes").strings("nuxari.terms")
                : List.of();
    }
}
