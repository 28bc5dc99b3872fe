package dev.nuxari.server.api;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What cannot be read is refused before any of our code acts on it, with a problem of its own. */
@ServerTest
class BadRequestHttpTest {
    private static final String HASH = "a".repeat(64);
    private static final String GOOD = "{'verdict':'approve','reason':'checked','planHash':'" + HASH + "'}";

    @Autowired
    TestHttp http;

    private TestOrganization organization = TestOrganization.fresh();
    private String decisions = "";

    // Set before each test.
    @SuppressWarnings("NullAway.Init")
    private TestHttp.Session owner;

    @BeforeEach
    void givenOrganization() {
        organization = TestOrganization.fresh();
        owner = http.as(organization.member(Role.OWNER));
        decisions = "/approvals/" + UUID.randomUUID() + "/decisions";
    }

    /** Whatever was sent, nothing of it is left behind. */
    @AfterEach
    void nothingHasChanged() {
        assertThat(beyondTheWalls()
                        .sql("SELECT count(*) FROM approval_decision WHERE organization_id = ?")
                        .param(organization.id().value())
                        .query((row, _) -> row.getLong(1))
                        .single())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{'verdict':}",
                "nonsense",
                "{'reason':'a','reason':'b'}",
                "{'reason':NaN}",
                "{'reason':'\u0001'}",
                "{reason:1}"
            })
    void malformedJson(String body) {
        Answer answer = owner.post(decisions, body);

        assertThat(answer.problem()).isEqualTo("malformed-json");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().string("traceId")).matches("[0-9a-f]{32}");
    }

    @Test
    void bodyThatGoesOnAfterItsEnd() {
        assertThat(owner.post(decisions, GOOD + " {}").problem()).isEqualTo("malformed-json");
    }

    @Test
    void jsonThatIsNestedTooDeeply() {
        String deep = "{'kind':'ldap','name':'deep','settings':{'a':" + "[".repeat(40) + "]".repeat(40) + "}}";

        assertThat(owner.post("/connectors", deep).status()).isEqualTo(400);
    }

    @Test
    void unknownField() {
        Answer answer = owner.post(decisions, GOOD.replace("{", "{'asAdmin':true,"));

        assertThat(answer.problem()).isEqualTo("unknown-field");
        assertThat(pointer(answer)).isEqualTo("/asAdmin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'verdict':'approve','planHash':'" + "a" + "'}",
                "{'verdict':'perhaps','reason':'x','planHash':null}",
                "{'verdict':1,'reason':'x'}",
                "{'verdict':['approve'],'reason':'x'}",
                "{'verdict':{},'reason':'x'}",
                "[]",
                "null",
                "'approve'"
            })
    void valueThatIsNotPossible(String body) {
        Answer answer = owner.post(decisions, body);

        assertThat(answer.problem()).isIn("invalid-field", "malformed-json");
        assertThat(answer.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\\t\\n"})
    void blankReasonNamesItsField(String reason) {
        Answer answer = owner.post(decisions, GOOD.replace("checked", reason));

        assertThat(answer.problem()).isEqualTo("invalid-field");
        assertThat(pointer(answer)).isEqualTo("/reason");
    }

    @Test
    void numberIsNoText() {
        assertThat(owner.post(decisions, GOOD.replace("'checked'", "7")).problem())
                .isEqualTo("invalid-field");
    }

    @Test
    void bodyThatIsTooLarge() {
        Answer answer = owner.post(decisions, GOOD.replace("checked", "x".repeat(1024 * 1024)));

        assertThat(answer.problem()).isEqualTo("body-too-large");
        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void bodyThatIsTooLargeAndDoesNotSayHowLongItIs() {
        byte[] body = GOOD.replace('\'', '"')
                .replace("checked", "x".repeat(1024 * 1024))
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);

        Answer answer = owner.with("Content-Type", "application/json")
                .exchange("POST", decisions, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));

        assertThat(answer.problem()).isEqualTo("body-too-large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "application/xml", "multipart/form-data"})
    void unsupportedMediaType(String type) {
        Answer answer = owner.with("Content-Type", type).post(decisions, GOOD);

        assertThat(answer.problem()).isEqualTo("unsupported-media-type");
        assertThat(answer.status()).isEqualTo(415);
    }

    @Test
    void answerThatNobodyCanGive() {
        Answer answer = owner.with("Accept", "application/xml").get("/members");

        assertThat(answer.problem()).isEqualTo("not-acceptable");
        assertThat(answer.status()).isEqualTo(406);
    }

    @Test
    void problemIsAProblemWhateverMediaTypeWasAskedFor() {
        assertThat(owner.with("Accept", "text/html").get("/nothing").header("Content-Type"))
                .contains("application/problem+json");
    }

    @Test
    void routeThatDoesNotExist() {
        assertThat(owner.get("/nothing").problem()).isEqualTo("no-such-route");
        assertThat(owner.get("/api/v2/me").problem()).isEqualTo("no-such-route");
    }

    @Test
    void methodThatIsNotServed() {
        Answer answer = owner.send("DELETE", "/members", null);

        assertThat(answer.problem()).isEqualTo("method-not-allowed");
        assertThat(answer.header("Allow")).contains("GET");
    }

    @Test
    void idThatNamesNothing() {
        Answer unknown = owner.post(decisions, GOOD);

        assertThat(unknown.problem()).isEqualTo("no-such-approval");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(owner.get("/approvals/not-an-id").problem()).isEqualTo("not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "limit=-1", "limit=many", "limit=9999999999", "cursor=***"})
    void pageThatIsNotPossible(String query) {
        assertThat(owner.get("/members?" + query).problem()).isEqualTo("invalid-field");
    }

    @Test
    void cursorSomebodyMadeUp() {
        assertThat(owner.get("/members?cursor=bm8").status()).isEqualTo(400);
    }

    @Test
    void pathThatIsNoPath() {
        assertThat(owner.get("/members/..%2f..%2fhealth").status()).isEqualTo(400);
        assertThat(owner.get("/members;a=b").status()).isBetween(400, 404);
    }

    private static String pointer(Answer answer) {
        Json.Obj first = answer.json().objects("errors").getFirst();
        return first.string("pointer");
    }
}
