package dev.nuxari.server.scim;

import static dev.nuxari.server.scim.ScimGround.refused;
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
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The protocol itself, RFC 7644 with the schemas of RFC 7643. */
@ServerTest
@Claim("I3")
class ScimHttpTest {
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

    private static String filter(String filter) {
        return "filter=" + URLEncoder.encode(filter.replace('\'', '"'), StandardCharsets.UTF_8);
    }

    @Test
    void itSaysWhatItCan() {
        Json.Obj provider = scim.get("/ServiceProviderConfig").json();

        assertThat(provider.object("patch").bool("supported")).isTrue();
        assertThat(provider.object("bulk").bool("supported")).isTrue();
        assertThat(provider.object("filter").bool("supported")).isTrue();
        assertThat(provider.object("sort").bool("supported")).isTrue();
        assertThat(provider.object("etag").bool("supported")).isTrue();
        assertThat(provider.object("changePassword").bool("supported")).isFalse();
        assertThat(scim.get("/ResourceTypes").body()).contains("\"User\"", "\"Group\"", ENTERPRISE);
        assertThat(scim.get("/ResourceTypes/User").status()).isEqualTo(200);
        assertThat(scim.get("/Schemas").status()).isEqualTo(200);
        assertThat(scim.get("/Schemas/urn:ietf:params:scim:schemas:core:2.0:User")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void userIsKeptAsSent() {
        Answer made = scim.post(
                "/Users",
                ground.user(
                                "ann",
                                ", 'title': 'Engineer', '" + ENTERPRISE
                                        + "': {'department': 'R&D', 'employeeNumber': '7'}")
                        .replace(
                                "['urn:ietf:params:scim:schemas:core:2.0:User']",
                                "['urn:ietf:params:scim:schemas:core:2.0:User', '" + ENTERPRISE + "']"));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.header("Content-Type").orElse("")).startsWith("application/scim+json");
        String id = made.json().string("id");
        assertThat(made.header("Location").orElse(""))
                .endsWith("/scim/v2/" + ground.organization().id() + "/Users/" + id);
        assertThat(made.header("ETag")).contains("W/\"1\"");

        Json.Obj read = scim.get("/Users/" + id).json();
        assertThat(read.string("userName")).isEqualTo(ground.address("ann"));
        assertThat(read.string("externalId")).isEqualTo("ext-ann");
        assertThat(read.bool("active")).isTrue();
        assertThat(read.string("title")).isEqualTo("Engineer");
        assertThat(read.object("name").string("familyName")).isEqualTo("Tester");
        assertThat(read.object(ENTERPRISE).string("department")).isEqualTo("R&D");
        assertThat(read.object("meta").string("resourceType")).isEqualTo("User");
        assertThat(read.object("meta").string("version")).isEqualTo("W/\"1\"");
        assertThat(scim.get("/Users/" + id + "?attributes=userName")
                        .json()
                        .members()
                        .keySet())
                .containsExactlyInAnyOrder("schemas", "id", "userName");
        assertThat(scim.get("/Users/" + id + "?excludedAttributes=name").json().has("name"))
                .isFalse();
    }

    @Test
    void passwordsAreForgotten() {
        Json.Obj made = ground.added("pat", ", 'password': 'hunter2-hunter2'");

        assertThat(scim.get("/Users/" + made.string("id")).body()).doesNotContain("hunter2");
    }

    @Test
    void userIsReplacedAndRemoved() {
        String id = ground.added("ben", ", 'title': 'One'").string("id");

        Answer replaced = scim.send("PUT", "/Users/" + id, ground.user("ben", ", 'nickName': 'Benny'"));
        assertThat(replaced.status()).as(replaced.body()).isEqualTo(200);
        Json.Obj read = scim.get("/Users/" + id).json();
        assertThat(read.has("title")).isFalse();
        assertThat(read.string("nickName")).isEqualTo("Benny");
        assertThat(read.object("meta").string("version")).isEqualTo("W/\"2\"");

        assertThat(scim.delete("/Users/" + id).status()).isEqualTo(204);
        refused(scim.get("/Users/" + id), 404, "");
        refused(scim.delete("/Users/" + id), 404, "");
        refused(scim.send("PUT", "/Users/" + id, ground.user("ben", "")), 404, "");
        assertThat(scim.post("/Users", ground.user("ben", "")).status()).isEqualTo(201);
        assertThat(ground.events())
                .contains(
                        "directory-user.add succeeded",
                        "directory-user.change succeeded",
                        "directory-user.remove succeeded");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            userName eq 'ANN@DOMAIN' | ann
            userName ne 'ann@DOMAIN' | bob cyd
            userName sw 'a' | ann
            userName co 'OB@' | bob
            userName ew '@DOMAIN' | ann bob cyd
            userName gt 'b' | bob cyd
            userName ge 'cyd@DOMAIN' | cyd
            userName lt 'b' | ann
            userName le 'ann@DOMAIN' | ann
            externalId eq 'ext-bob' | bob
            externalId eq 'EXT-bob' |
            title pr | ann bob
            not (title pr) | cyd
            title eq null | cyd
            active eq true | ann bob
            active eq false | cyd
            active ne true | cyd
            title eq 'boss' and userName sw 'a' | ann
            userName eq 'ann@DOMAIN' or title eq 'clerk' | ann bob
            title pr and (userName sw 'b' or userName sw 'c') | bob
            name.givenName eq 'Cyd' | cyd
            emails.value eq 'bob@DOMAIN' | bob
            emails[type eq 'work' and value co 'cyd'] | cyd
            emails[type eq 'home'] |
            emails[type eq 'work'].value eq 'bob@DOMAIN' | bob
            meta.created gt '2020-01-01T00:00:00Z' | ann bob cyd
            meta.lastModified lt '2020-01-01T00:00:00Z' |
            title co '%' |
            title ew '.*' |
            """)
    void filterFinds(String given, String expected) {
        ground.added("ann", ", 'title': 'Boss'");
        ground.added("bob", ", 'title': 'Clerk'");
        ground.added("cyd", ", 'active': false");

        String filter = given.replace("DOMAIN", ground.domain());
        List<String> names = expected == null
                ? List.of()
                : List.of(expected.split(" ")).stream().map(ground::address).toList();

        assertThat(scim.found("/Users", filter(filter))).containsExactlyElementsOf(names);
    }

    @Test
    void filterReadsTheExtension() {
        ground.added("ann", ", '" + ENTERPRISE + "': {'department': 'R&D'}");
        ground.added("bob");

        assertThat(scim.found("/Users", filter(ENTERPRISE + ":department eq 'r&d'")))
                .containsExactly(ground.address("ann"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "userName",
                "userName eq",
                "userName is 'a'",
                "nothing eq 'a'",
                "userName eq 'a' and",
                "(userName eq 'a'",
                "active gt true",
                "' or 1=1 --",
                "userName eq 'a'; DROP TABLE directory_user",
                "emails[type eq 'work'",
                "meta.created gt 'yesterday'"
            })
    void filterThatIsNoneIsRefused(String filter) {
        refused(scim.get("/Users?" + filter(filter)), 400, "invalidFilter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\") || true() || (@.userName == \"", "a\\\" || 1 == 1", "$.x ? (@ == 1)", "'; SELECT 1"})
    void textsInFiltersStayTexts(String text) {
        ground.added("ann");

        String quoted = Json.of(text).canonical();
        for (String operator : List.of("eq", "co", "sw", "ew")) {
            String filter = URLEncoder.encode("title " + operator + " " + quoted, StandardCharsets.UTF_8);
            Answer answer = scim.get("/Users?filter=" + filter);
            // The library has no escapes in its filters: then it is none.
            assertThat(answer.status()).as(answer.body()).isIn(200, 400);
            if (answer.status() == 200) {
                assertThat(answer.json().integer("totalResults")).isZero();
            }
        }
    }

    @Test
    void hugeFiltersAndDeepOnesAreRefused() {
        refused(scim.get("/Users?" + filter("userName eq '" + "a".repeat(3000) + "'")), 400, "invalidFilter");
        refused(scim.get("/Users?" + filter("(".repeat(200) + "userName pr" + ")".repeat(200))), 400, "invalidFilter");
        refused(scim.post("/Users/.search", "{'filter': '" + "(".repeat(500) + "'}"), 400, "invalidFilter");
    }

    @Test
    void listsAreSortedAndCutIntoPages() {
        for (String name : List.of("ann", "bob", "cyd", "dan", "eve")) {
            ground.added(name, ", 'title': '" + (char) ('z' - name.charAt(0) + 'a') + "'");
        }

        assertThat(scim.found("/Users", "sortBy=userName&sortOrder=descending&count=2"))
                .containsExactly(ground.address("eve"), ground.address("dan"));
        assertThat(scim.found("/Users", "sortBy=title&startIndex=2&count=2"))
                .containsExactly(ground.address("dan"), ground.address("cyd"));
        assertThat(scim.found("/Users", "startIndex=4&count=10"))
                .containsExactly(ground.address("dan"), ground.address("eve"));
        Json.Obj page = scim.get("/Users?startIndex=2&count=2").json();
        assertThat(page.integer("totalResults")).isEqualTo(5);
        assertThat(page.integer("startIndex")).isEqualTo(2);
        assertThat(page.integer("itemsPerPage")).isEqualTo(2);
        assertThat(scim.get("/Users?count=0").json().integer("totalResults")).isEqualTo(5);
        assertThat(scim.get("/Users?startIndex=99").json().integer("totalResults"))
                .isEqualTo(5);
        Answer searched = scim.post(
                "/Users/.search",
                "{'schemas': ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], 'filter': 'userName sw \\'a\\'',"
                                .replace("\\'", "\\\"")
                        + " 'count': 1}");
        assertThat(searched.json().integer("totalResults")).as(searched.body()).isEqualTo(1);
    }

    @Test
    void patchKnowsEveryOperation() {
        String id = ground.added("ann", ", 'title': 'One'").string("id");
        String path = "/Users/" + id;

        assertThat(scim.patch(path, "[{'op': 'replace', 'path': 'title', 'value': 'Two'}]")
                        .status())
                .isEqualTo(200);
        scim.patch(path, "[{'op': 'add', 'value': {'nickName': 'Annie', 'name': {'middleName': 'M'}}}]");
        scim.patch(
                path,
                "[{'op': 'add', 'path': 'phoneNumbers', 'value': [{'type': 'work', 'value': '1'},"
                        + " {'type': 'home', 'value': '2'}]}]");
        scim.patch(
                path,
                "[{'op': 'replace', 'path': 'phoneNumbers[type eq \\'work\\'].value', 'value': '3'}]"
                        .replace("\\'", "\\\""));
        scim.patch(path, "[{'op': 'remove', 'path': 'phoneNumbers[type eq \\'home\\']'}]".replace("\\'", "\\\""));
        scim.patch(path, "[{'op': 'replace', 'path': '" + ENTERPRISE + ":department', 'value': 'Sales'}]");
        Json.Obj read = scim.get(path).json();

        assertThat(read.string("title")).isEqualTo("Two");
        assertThat(read.string("nickName")).isEqualTo("Annie");
        assertThat(read.object("name").string("middleName")).isEqualTo("M");
        assertThat(read.object("name").string("givenName")).isEqualTo("ann");
        assertThat(read.objects("phoneNumbers")).hasSize(1);
        assertThat(read.objects("phoneNumbers").getFirst().string("value")).isEqualTo("3");
        assertThat(read.object(ENTERPRISE).string("department")).isEqualTo("Sales");

        scim.patch(path, "[{'op': 'remove', 'path': 'title'}, {'op': 'remove', 'path': 'nickName'}]");
        assertThat(scim.get(path).json().has("title")).isFalse();
        assertThat(scim.get(path).json().has("nickName")).isFalse();
    }

    @Test
    void patchThatIsNoneIsRefusedAndChangesNothing() {
        String path = "/Users/" + ground.added("ann", ", 'title': 'One'").string("id");

        refused(scim.patch(path, "[{'op': 'move', 'path': 'title', 'value': 'x'}]"), 400, "invalidPath");
        refused(scim.patch(path, "[{'op': 'replace', 'path': 'nothing', 'value': 'x'}]"), 400, "invalidPath");
        refused(scim.patch(path, "[{'op': 'remove'}]"), 400, "noTarget");
        // What only we write is left as it is, and said nothing of.
        scim.patch(path, "[{'op': 'replace', 'path': 'id', 'value': 'x'}]");
        assertThat(scim.get(path).json().string("id")).isEqualTo(path.substring("/Users/".length()));
        refused(
                scim.patch(
                        path, "[{'op': 'replace', 'path': 'title', 'value': 'Two'}, {'op': 'remove', 'path': 'zz'}]"),
                400,
                "invalidPath");
        refused(scim.patch("/Users/" + UUID.randomUUID(), "[{'op': 'remove', 'path': 'title'}]"), 404, "");
        assertThat(scim.get(path).json().string("title")).isEqualTo("One");
    }

    @Test
    void versionsAreCompared() {
        String path = "/Users/" + ground.added("ann").string("id");
        String change = "[{'op': 'replace', 'path': 'title', 'value': 'Two'}]";

        refused(scim.with("If-Match", "W/\"7\"").patch(path, change), 412, "");
        refused(scim.with("If-Match", "W/\"7\"").delete(path), 412, "");
        Answer changed = scim.with("If-Match", "W/\"1\"").patch(path, change);
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.header("ETag")).contains("W/\"2\"");
        refused(scim.with("If-Match", "W/\"1\"").send("PUT", path, ground.user("ann", "")), 412, "");
        assertThat(scim.with("If-None-Match", "W/\"2\"").get(path).status()).isEqualTo(304);
        String group = "/Groups/" + ground.group("Team").string("id");
        refused(
                scim.with("If-Match", "W/\"7\"")
                        .patch(group, "[{'op': 'replace', 'path': 'displayName', 'value': 'T'}]"),
                412,
                "");
    }

    @Test
    void groupsHaveUsers() {
        String ann = ground.added("ann").string("id");
        String bob = ground.added("bob").string("id");
        String group = ground.group("Team", ann).string("id");
        String path = "/Groups/" + group;

        assertThat(scim.get("/Users/" + ann).json().objects("groups").getFirst().string("display"))
                .isEqualTo("Team");
        Answer entered = scim.patch(path, "[{'op': 'add', 'path': 'members', 'value': [{'value': '" + bob + "'}]}]");
        assertThat(entered.status()).as(entered.body()).isEqualTo(204);
        assertThat(entered.header("ETag")).contains("W/\"2\"");
        assertThat(scim.get(path).json().objects("members")).hasSize(2);
        assertThat(scim.get(path + "?excludedAttributes=members").json().has("members"))
                .isFalse();
        scim.patch(path, ("[{'op': 'remove', 'path': 'members[value eq \\'" + ann + "\\']'}]").replace("\\'", "\\\""));
        assertThat(scim.get(path).json().objects("members").stream().map(one -> one.string("value")))
                .containsExactly(bob);
        assertThat(scim.found("/Groups", filter("displayName eq 'team'"))).containsExactly("Team");
        assertThat(scim.found("/Groups", filter("id eq '" + group + "' and members eq '" + bob + "'")))
                .containsExactly("Team");
        assertThat(scim.found("/Groups", filter("members.value eq '" + ann + "'")))
                .isEmpty();
        scim.send(
                "PUT",
                path,
                "{'schemas': ['urn:ietf:params:scim:schemas:core:2.0:Group'], 'displayName': 'Crew',"
                        + " 'externalId': 'g-1', 'members': [{'value': '" + ann + "'}]}");
        assertThat(scim.found("/Groups", filter("externalId eq 'g-1'"))).containsExactly("Crew");
        refused(
                scim.post(
                        "/Groups",
                        "{'displayName': 'crew', 'schemas': ['urn:ietf:params:scim:schemas:core:2.0:Group']}"),
                409,
                "uniqueness");
        assertThat(scim.delete("/Users/" + ann).status()).isEqualTo(204);
        assertThat(scim.get(path).json().has("members")).isFalse();
        assertThat(scim.delete(path).status()).isEqualTo(204);
        refused(scim.get(path), 404, "");
        refused(scim.patch(path, "[{'op': 'replace', 'path': 'displayName', 'value': 'T'}]"), 404, "");
    }

    @Test
    void bulkResolvesItsOwnReferences() {
        Answer answer = scim.post(
                "/Bulk",
                "{'schemas': ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], 'failOnErrors': 5, 'Operations': ["
                        + "{'method': 'POST', 'path': '/Groups', 'bulkId': 'g', 'data': {'schemas':"
                        + " ['urn:ietf:params:scim:schemas:core:2.0:Group'], 'displayName': 'Bulk',"
                        + " 'members': [{'value': 'bulkId:u', 'type': 'User'}]}},"
                        + "{'method': 'POST', 'path': '/Users', 'bulkId': 'u', 'data': " + ground.user("ann", "") + "},"
                        + "{'method': 'POST', 'path': '/Users', 'bulkId': 'v', 'data': "
                        + ground.user("bob", "").replace(ground.domain(), "elsewhere.example") + "}]}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().objects("Operations").stream()
                        .map(one -> one.members().get("bulkId") + " "
                                + one.members().get("status")))
                .hasSize(3);
        assertThat(answer.body()).contains("invalidValue");
        assertThat(scim.found("/Users", "count=10")).containsExactly(ground.address("ann"));
        String id = scim.get("/Groups?" + filter("displayName eq 'Bulk'"))
                .json()
                .objects("Resources")
                .getFirst()
                .objects("members")
                .getFirst()
                .string("value");
        assertThat(scim.get("/Users/" + id).json().string("userName")).isEqualTo(ground.address("ann"));
    }

    @Test
    void sameUserTwiceIsRefusedAlsoAtOnce() throws Exception {
        ground.added("ann");
        refused(scim.post("/Users", ground.user("ann", "")), 409, "uniqueness");
        refused(scim.post("/Users", ground.user("ANN", "")), 409, "uniqueness");

        for (int round = 0; round < 5; round++) {
            String user = ground.user("same" + round, "");
            Callable<Integer> adding = () -> scim.post("/Users", user).status();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Integer> statuses = threads.invokeAll(List.of(adding, adding, adding, adding)).stream()
                        .map(one -> one.resultNow())
                        .sorted()
                        .toList();
                assertThat(statuses).containsExactly(201, 409, 409, 409);
            }
        }
    }

    @Test
    void hostileBodiesAreRefused() {
        refused(scim.post("/Users", "{"), 400, "invalidSyntax");
        refused(scim.post("/Users", "[]"), 400, "invalidSyntax");
        refused(scim.post("/Users", "{'a': ".repeat(500) + "1" + "}".repeat(500)), 400, "invalidSyntax");
        refused(scim.post("/Users", "{'userName': 1}"), 400, "invalidValue");
        assertThat(scim.post("/Users", "{}").status()).isEqualTo(400);
        assertThat(scim.post("/Users", ground.user("x", ", 'emails': 'nothing'"))
                        .status())
                .isEqualTo(400);
        assertThat(scim.post("/Users", ground.user("x", ", 'title': '" + "x".repeat(40_000) + "'"))
                        .status())
                .isEqualTo(400);
        assertThat(scim.post("/Users", ground.user("x", ", 'title': '" + "x".repeat(2_000_000) + "'"))
                        .status())
                .isEqualTo(413);
        assertThat(scim.patch("/Users/" + UUID.randomUUID(), "'no list'").status())
                .isEqualTo(400);
        assertThat(scim.patch("/Users/" + ground.added("y").string("id"), "[1, 'x', null]")
                        .status())
                .isEqualTo(400);
        refused(
                scim.post(
                        "/Groups",
                        "{'schemas': ['urn:ietf:params:scim:schemas:core:2.0:Group'], 'displayName': 'G',"
                                + " 'members': [{'value': 'no id'}]}"),
                400,
                "invalidValue");
        assertThat(scim.found("/Users", "count=10")).containsExactly(ground.address("y"));
    }

    @Test
    void secretsInAttributesAreNotKept() {
        Json.Obj made = ground.added("ann", ", 'title': 'ghp_16C7e42F292c6912E7710c838347Ae178B4a'");

        assertThat(scim.get("/Users/" + made.string("id")).body()).doesNotContain("ghp_16C7e42F");
    }
}
