package dev.nuxari.server.scim;

import static dev.nuxari.server.scim.ScimGround.refused;
import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Directories as administrators see them: their tokens, and what one organization's are to another. */
@ServerTest
@Claim({"I3", "T2"})
class DirectoriesHttpTest {
    @Autowired
    TestHttp http;

    @Autowired
    ManualClock clock;

    @SuppressWarnings("NullAway.Init")
    private ScimGround ground;

    @BeforeEach
    void directory() {
        ground = ScimGround.fresh(http, clock, TestOrganization.fresh());
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    private String tokens() {
        return "/directories/" + ground.id() + "/tokens";
    }

    private Answer issued(String body) {
        Answer issued = ground.owner().post(tokens(), body);
        assertThat(issued.status()).as(issued.body()).isEqualTo(201);
        return issued;
    }

    private int statusOf(String token) {
        return ground.scim(token).get("/Users").status();
    }

    @Test
    void directoryIsShownWithWhereToSend() {
        ground.scim().get("/Users");

        Json.Obj shown = ground.owner().get("/directories/" + ground.id()).json();

        assertThat(shown.object("directory").string("baseUrl"))
                .endsWith("/scim/v2/" + ground.organization().id());
        assertThat(shown.object("directory").string("ceiling")).isEqualTo("approver");
        assertThat(shown.object("directory").has("lastRequestAt")).isTrue();
        assertThat(shown.object("directory").objects("groupRoles")).hasSize(2);
        assertThat(shown.objects("tokens")).hasSize(1);
        assertThat(shown.canonical()).doesNotContain(ground.token());
        assertThat(ground.owner().get("/directories").items()).hasSize(1);
        assertThat(ground.events()).startsWith("directory.add succeeded", "directory-token.issue succeeded");
    }

    @Test
    void nonsenseIsRefused() {
        for (String body : List.of(
                "{}",
                "{'name': '', 'defaultRole': 'readonly', 'ceiling': 'admin'}",
                "{'name': 'D', 'defaultRole': 'admin', 'ceiling': 'readonly'}",
                "{'name': 'D', 'defaultRole': 'readonly', 'ceiling': 'owner'}",
                "{'name': 'D', 'defaultRole': 'readonly', 'ceiling': 'readonly',"
                        + " 'groupRoles': [{'matchedBy': 'display-name', 'value': 'x', 'role': 'admin'}]}",
                "{'name': 'D', 'defaultRole': 'readonly', 'ceiling': 'admin', 'groupRoles': ["
                        + "{'matchedBy': 'display-name', 'value': 'x', 'role': 'admin'},"
                        + "{'matchedBy': 'display-name', 'value': 'x', 'role': 'readonly'}]}")) {
            assertThat(ground.owner().post("/directories", body).problem())
                    .as(body)
                    .isEqualTo("invalid-field");
        }
        assertThat(ground.owner().post(tokens(), "{'overlapHours': 25}").problem())
                .isEqualTo("invalid-field");
        String unknown = "/directories/" + UUID.randomUUID();
        assertThat(ground.owner().get(unknown).problem()).isEqualTo("no-such-directory");
        assertThat(ground.owner().post(unknown + "/tokens", "{}").problem()).isEqualTo("no-such-directory");
        assertThat(ground.owner()
                        .post(tokens() + "/" + UUID.randomUUID() + "/revocations", "{}")
                        .problem())
                .isEqualTo("no-such-directory-token");
    }

    @Test
    void tokenIsShownOnceAndKeptAsAHash() {
        String token = ground.token();

        assertThat(token).startsWith("nxs_");
        List<String> kept = beyondTheWalls()
                .sql("SELECT token_hash FROM directory_token WHERE organization_id = ?")
                .param(ground.organization().id().value())
                .query((row, _) -> row.getString(1))
                .list();
        assertThat(kept).containsExactly(Sha256.hexOf(token.getBytes(StandardCharsets.US_ASCII)));
        TestHttp.Session repeating = ground.owner().with("Idempotency-Key", "once-" + UUID.randomUUID());
        String first = repeating.post(tokens(), "{'overlapHours': 1}").json().string("token");
        String second = repeating.post(tokens(), "{'overlapHours': 1}").json().string("token");
        assertThat(first).startsWith("nxs_");
        assertThat(second).isEqualTo("shown-once");
    }

    @Test
    void newTokenEndsTheOldOneOrLetsItOverlap() {
        String second = issued("{}").json().string("token");
        assertThat(statusOf(ground.token())).isEqualTo(401);
        assertThat(statusOf(second)).isEqualTo(200);

        String third = issued("{'overlapHours': 2}").json().string("token");
        assertThat(statusOf(second)).isEqualTo(200);
        assertThat(statusOf(third)).isEqualTo(200);
        clock.advance(Duration.ofHours(2));
        assertThat(statusOf(second)).isEqualTo(401);
        assertThat(statusOf(third)).isEqualTo(200);
    }

    @Test
    void revokedTokenOpensNothing() {
        String id = ground.owner()
                .get("/directories/" + ground.id())
                .json()
                .objects("tokens")
                .getFirst()
                .string("id");

        assertThat(ground.owner()
                        .post(tokens() + "/" + id + "/revocations", "{}")
                        .status())
                .isEqualTo(201);
        assertThat(statusOf(ground.token())).isEqualTo(401);
        assertThat(ground.owner()
                        .post(tokens() + "/" + id + "/revocations", "{}")
                        .status())
                .isEqualTo(201);
        assertThat(ground.events().stream().filter("directory-token.revoke succeeded"::equals))
                .hasSize(1);
    }

    @Test
    void disabledDirectoryIsNotHeard() {
        String body = "{'name': 'D', 'defaultRole': 'readonly', 'ceiling': 'readonly', 'state': 'disabled'}";

        assertThat(ground.owner()
                        .with("If-Match", "\"9\"")
                        .send("PUT", "/directories/" + ground.id(), body)
                        .problem())
                .isEqualTo("stale-version");
        assertThat(ground.owner()
                        .with("If-Match", "\"1\"")
                        .send("PUT", "/directories/" + ground.id(), body)
                        .status())
                .isEqualTo(200);
        assertThat(statusOf(ground.token())).isEqualTo(401);
    }

    @Test
    void onlyATokenOfADirectoryOpensScim() {
        String path = "/scim/v2/" + ground.organization().id() + "/Users";
        String token = ground.token();
        String altered = token.substring(0, token.length() - 8)
                + (token.charAt(token.length() - 8) == 'x' ? 'y' : 'x')
                + token.substring(token.length() - 7);

        refused(http.anonymous().get(path), 401, "");
        refused(http.withToken(altered).get(path), 401, "");
        refused(
                http.withToken(DirectoryToken.random(ground.organization().id()).text())
                        .get(path),
                401,
                "");
        refused(
                http.withToken(DirectoryToken.random(TestOrganization.fresh().id())
                                .text())
                        .get(path),
                401,
                "");
        Answer withMember = http.withToken("x").get(path);
        assertThat(withMember.header("WWW-Authenticate")).contains("Bearer");
        refused(withMember, 401, "");
        assertThat(http.browserOf(ground.organization().member(Role.OWNER))
                        .get("/api/v1/me")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void tokenOfADirectoryOpensNothingElse() {
        TestHttp.Session directory = http.withToken(ground.token());
        String organization = "/api/v1/organizations/" + ground.organization().id();

        assertThat(directory.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(directory.get(organization + "/members").status()).isEqualTo(401);
        assertThat(directory.get(organization + "/directories").status()).isEqualTo(401);
        assertThat(directory
                        .get("/log/" + ground.organization().id() + "/checkpoint")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void anotherOrganizationIsNotThere() {
        ScimGround other = ScimGround.fresh(http, clock, TestOrganization.fresh());
        String user = other.added("ann").string("id");
        String group = other.group("Team").string("id");
        ScimGround.Scim mine = ground.scim();
        String own = ground.added("bob").string("id");

        Answer foreign = http.withToken(ground.token())
                .get("/scim/v2/" + other.organization().id() + "/Users");
        Answer unknown = http.withToken(ground.token()).get("/scim/v2/" + UUID.randomUUID() + "/Users");
        refused(foreign, 404, "");
        assertThat(foreign.body()).isEqualTo(unknown.body());
        refused(mine.get("/Users/" + user), 404, "");
        refused(mine.delete("/Users/" + user), 404, "");
        refused(mine.send("PUT", "/Users/" + user, ground.user("ann", "")), 404, "");
        refused(mine.patch("/Users/" + user, "[{'op': 'replace', 'path': 'active', 'value': false}]"), 404, "");
        refused(mine.get("/Groups/" + group), 404, "");
        refused(
                mine.patch(
                        "/Groups/" + group, "[{'op': 'add', 'path': 'members', 'value': [{'value': '" + own + "'}]}]"),
                404,
                "");
        String team = ground.group("Mine", own).string("id");
        refused(
                mine.patch(
                        "/Groups/" + team, "[{'op': 'add', 'path': 'members', 'value': [{'value': '" + user + "'}]}]"),
                400,
                "invalidValue");
        Answer bulk = mine.post(
                "/Bulk",
                "{'schemas': ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], 'Operations': ["
                        + "{'method': 'DELETE', 'path': '/Users/" + user + "'},"
                        + "{'method': 'DELETE', 'path': '/../"
                        + other.organization().id() + "/Users/" + user + "'}]}");
        assertThat(bulk.body()).doesNotContain("\"status\":\"204\"").doesNotContain("\"status\":204");
        assertThat(other.scim().get("/Users/" + user).json().bool("active")).isTrue();
        assertThat(mine.found("/Users", "filter=id%20eq%20%22" + user + "%22")).isEmpty();
    }

    @Test
    void twoDirectoriesOfOneOrganizationDoNotReachEachOther() {
        String user = ground.added("ann").string("id");
        String second = ground.owner()
                .post("/directories", "{'name': 'Other', 'defaultRole': 'readonly', 'ceiling': 'readonly'}")
                .json()
                .string("id");
        String token = ground.owner()
                .post("/directories/" + second + "/tokens", "{}")
                .json()
                .string("token");
        ScimGround.Scim other = ground.scim(token);

        refused(other.get("/Users/" + user), 404, "");
        refused(other.delete("/Users/" + user), 404, "");
        refused(other.post("/Users", ground.user("ann", "")), 409, "uniqueness");
        assertThat(other.found("/Users", "count=10")).isEmpty();
    }
}
