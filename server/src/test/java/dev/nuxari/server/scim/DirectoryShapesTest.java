package dev.nuxari.server.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Requests in the shapes that Entra ID and Okta document and send, the ones that are not quite the standard's included. */
@ServerTest
@Claim("I3")
class DirectoryShapesTest {
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    @Autowired
    TestHttp http;

    @Autowired
    ManualClock clock;

    @SuppressWarnings("NullAway.Init")
    private ScimGround ground;

    @SuppressWarnings("NullAway.Init")
    private ScimGround.Scim scim;

    @BeforeEach
    void directory() {
        ground = ScimGround.fresh(http, clock, TestOrganization.fresh());
        scim = ground.scim();
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    private static String quoted(String operations) {
        return operations.replace("`", "\\\"");
    }

    private Json.Obj entraUser() {
        Answer made = scim.post(
                "/Users",
                "{'schemas': ['urn:ietf:params:scim:schemas:core:2.0:User', '" + ENTERPRISE + "'],"
                        + " 'externalId': '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef', 'userName': '" + ground.address("ada")
                        + "', 'active': true, 'emails': [{'primary': true, 'type': 'work', 'value': '"
                        + ground.address("ada") + "'}], 'meta': {'resourceType': 'User'},"
                        + " 'name': {'formatted': 'Ada L', 'familyName': 'L', 'givenName': 'Ada'}, 'roles': []}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json();
    }

    @Test
    void entraTestsTheConnectionWithAUserThatIsNot() {
        String filter = URLEncoder.encode("userName eq \"" + UUID.randomUUID() + "\"", StandardCharsets.UTF_8);

        Json.Obj none = scim.get("/Users?filter=" + filter).json();

        assertThat(none.integer("totalResults")).isZero();
        assertThat(none.strings("schemas")).containsExactly("urn:ietf:params:scim:api:messages:2.0:ListResponse");
        filter = URLEncoder.encode("externalId eq \"x\"", StandardCharsets.UTF_8);
        assertThat(scim.get("/Users?filter=" + filter).status()).isEqualTo(200);
        assertThat(scim.get("/Groups?excludedAttributes=members&filter=displayName%20eq%20%22x%22")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void entraWritesOperationsInItsOwnWay() {
        String path = "/Users/" + entraUser().string("id");

        Answer patched = scim.patch(
                path,
                quoted("[{'op': 'Replace', 'path': 'emails[type eq `work`].value', 'value': '" + ground.address("ada")
                        + "'}, {'op': 'Replace', 'path': 'name.familyName', 'value': 'Lovelace'},"
                        + " {'op': 'Add', 'path': 'title', 'value': 'Countess'},"
                        + " {'op': 'Add', 'path': 'phoneNumbers[type eq `mobile`].value', 'value': '+44 1'},"
                        + " {'op': 'Add', 'path': '" + ENTERPRISE + ":department', 'value': 'Engines'}]"));
        assertThat(patched.status()).as(patched.body()).isEqualTo(200);
        Json.Obj read = scim.get(path).json();
        assertThat(read.object("name").string("familyName")).isEqualTo("Lovelace");
        assertThat(read.string("title")).isEqualTo("Countess");
        assertThat(read.objects("phoneNumbers").getFirst().string("value")).isEqualTo("+44 1");
        assertThat(read.object(ENTERPRISE).string("department")).isEqualTo("Engines");

        Answer flag = scim.patch(path, "[{'op': 'Replace', 'path': 'active', 'value': 'False'}]");
        assertThat(flag.json().bool("active")).as(flag.body()).isFalse();
        scim.patch(path, "[{'op': 'Replace', 'path': 'active', 'value': 'True'}]");
        assertThat(scim.get(path).json().bool("active")).isTrue();
    }

    @Test
    void entraPutsPathsWhereAttributesBelong() {
        String path = "/Users/" + entraUser().string("id");

        Answer patched = scim.patch(
                path,
                quoted("[{'op': 'replace', 'value': {'displayName': 'Ada Lovelace', 'name.givenName': 'Augusta',"
                        + " 'active': 'False', 'emails[type eq `work`].value': '" + ground.address("ada") + "', '"
                        + ENTERPRISE + ":employeeNumber': '1815'}}]"));

        assertThat(patched.status()).as(patched.body()).isEqualTo(200);
        Json.Obj read = scim.get(path).json();
        assertThat(read.string("displayName")).isEqualTo("Ada Lovelace");
        assertThat(read.object("name").string("givenName")).isEqualTo("Augusta");
        assertThat(read.object(ENTERPRISE).string("employeeNumber")).isEqualTo("1815");
        assertThat(read.bool("active")).isFalse();
    }

    @Test
    void entraMovesMembersOfGroups() {
        String ada = entraUser().string("id");
        Answer made = scim.post(
                "/Groups",
                "{'schemas': ['urn:ietf:params:scim:schemas:core:2.0:Group',"
                        + " 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],"
                        + " 'externalId': '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159', 'displayName': 'Engineers',"
                        + " 'meta': {'resourceType': 'Group'}}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String path = "/Groups/" + made.json().string("id");

        assertThat(scim.patch(
                                path,
                                "[{'op': 'Add', 'path': 'members', 'value': [{'$ref': null, 'value': '" + ada + "'}]}]")
                        .status())
                .isEqualTo(204);
        assertThat(scim.get(path).json().objects("members")).hasSize(1);
        assertThat(scim.patch(
                                path,
                                "[{'op': 'Remove', 'path': 'members', 'value': [{'$ref': null, 'value': '" + ada
                                        + "'}]}]")
                        .status())
                .isEqualTo(204);
        assertThat(scim.get(path).json().has("members")).isFalse();
    }

    @Test
    void oktaSendsAndDeactivates() {
        Answer made = scim.post(
                "/Users",
                "{'schemas': ['urn:ietf:params:scim:schemas:core:2.0:User'], 'userName': '" + ground.address("oki")
                        + "', 'name': {'givenName': 'Oki', 'familyName': 'Ta'}, 'emails': [{'primary': true, 'value': '"
                        + ground.address("oki") + "', 'type': 'work'}], 'displayName': 'Oki Ta', 'locale': 'en-US',"
                        + " 'externalId': '00ujl29u0le5T6Aj10h7', 'groups': [], 'password': '1mz050nq', 'active': true}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String id = made.json().string("id");
        assertThat(made.json().string("externalId")).isEqualTo("00ujl29u0le5T6Aj10h7");
        String filter = URLEncoder.encode("userName eq \"" + ground.address("oki") + "\"", StandardCharsets.UTF_8);
        assertThat(scim.get("/Users?filter=" + filter + "&startIndex=1&count=100")
                        .json()
                        .integer("totalResults"))
                .isEqualTo(1);

        Answer off = scim.patch("/Users/" + id, "[{'op': 'replace', 'value': {'active': false}}]");
        assertThat(off.json().bool("active")).as(off.body()).isFalse();

        String group = ground.group("Okta", id).string("id");
        Answer renamed = scim.patch(
                "/Groups/" + group,
                "[{'op': 'replace', 'value': {'id': '" + group + "', 'displayName': 'Okta Crew'}}]");
        assertThat(renamed.status()).as(renamed.body()).isEqualTo(204);
        assertThat(scim.patch(
                                "/Groups/" + group,
                                quoted("[{'op': 'remove', 'path': 'members[value eq `" + id + "`]'}]"))
                        .status())
                .isEqualTo(204);
        assertThat(scim.get("/Groups/" + group).json().string("displayName")).isEqualTo("Okta Crew");
    }
}
