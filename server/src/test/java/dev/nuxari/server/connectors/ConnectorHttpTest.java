package dev.nuxari.server.connectors;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Role;
import dev.nuxari.platform.testing.SharedPostgres;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@ServerTest
class ConnectorHttpTest {
    private static final String NO_SUCH_PORT = "1";

    @Autowired
    TestHttp http;

    private TestOrganization organization = TestOrganization.fresh();

    @BeforeEach
    void givenOrganization() {
        organization = TestOrganization.fresh();
    }

    @Test
    void systemIsConnectedAndItsHealthSaysThatItAnswers() {
        Answer answer = register("Operations", port());

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().string("name")).isEqualTo("Operations");
        assertThat(answer.json().string("kind")).isEqualTo("postgresql");
        assertThat(answer.json().string("health")).isEqualTo("healthy");
        assertThat(answer.json().strings("capabilities")).contains("observe", "grant", "revoke", "disable");
        assertThat(as(Role.AUDITOR)
                        .get("/connectors/" + answer.json().string("id"))
                        .body())
                .isEqualTo(answer.body());
    }

    @Test
    void systemThatIsDownIsConnectedAndItsHealthSaysSo() {
        Answer answer = register("Operations", NO_SUCH_PORT);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().string("health")).isEqualTo("unreachable");
        assertThat(answer.json().string("healthReason")).contains("not available");
    }

    @Test
    void systemsAreListedPageByPage() {
        register("One", NO_SUCH_PORT);
        register("Two", NO_SUCH_PORT);

        Answer first = as(Role.AUDITOR).get("/connectors?limit=1");
        Answer second = as(Role.AUDITOR)
                .get("/connectors?limit=1&cursor=" + first.json().string("nextCursor"));

        assertThat(List.of(
                        first.items().getFirst().string("name"),
                        second.items().getFirst().string("name")))
                .containsExactlyInAnyOrder("One", "Two");
        assertThat(second.json().optionalString("nextCursor")).isEmpty();
    }

    @Test
    @Claim("E1")
    void credentialsAreNeverReturnedNorAudited() {
        Answer registered = register("Operations", port());
        Answer listed = as(Role.OWNER).get("/connectors");
        String audited = String.join(
                "",
                beyondTheWalls()
                        .sql("SELECT convert_from(leaf, 'UTF8') FROM audit_event WHERE organization_id = ?")
                        .param(organization.id().value())
                        .query((row, _) -> row.getString(1))
                        .list());

        assertThat(List.of(registered.body(), listed.body(), audited))
                .noneSatisfy(text -> assertThat(text).contains(password()));
        assertThat(audited).contains("connector.register", "credential.store");
    }

    @Test
    void nameThatIsTakenIsRefusedAndTheRefusalAudited() {
        register("Operations", NO_SUCH_PORT);

        assertThat(register("Operations", NO_SUCH_PORT).problem()).isEqualTo("connector-name-taken");
        assertThat(refusals()).isOne();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'host':'localhost','port':5432}                                      | invalid-settings
            {'host':'localhost','port':99999,'database':'x'}                      | invalid-settings
            {'host':'localhost','port':'5432','database':'x'}                     | invalid-settings
            {'host':'localhost','port':5432,'database':'x','databse':'y'}         | invalid-settings
            {'host':'a b','port':5432,'database':'x'}                             | invalid-settings
            {'host':'localhost','port':5432,'database':'x','password':'Sw0rdf1sh'}| secret-in-settings
            """)
    void settingsThatDoNotFitAreRefused(String settings, String problem) {
        Answer answer = post(
                "{'kind':'postgresql','name':'x','settings':" + settings + ",'credentials':" + credentials() + "}");

        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(answer.body()).doesNotContain("Sw0rdf1sh");
        assertThat(refusals()).isOne();
    }

    @Test
    void credentialsThatDoNotFitAreRefused() {
        Answer answer = post("{'kind':'postgresql','name':'x','settings':" + settings(NO_SUCH_PORT)
                + ",'credentials':{'observe':{'token':'Sw0rdf1sh'}}}");

        assertThat(answer.problem()).isEqualTo("invalid-credentials");
        assertThat(answer.body()).contains("password, username").doesNotContain("Sw0rdf1sh");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'kind':'postgresql','name':' ','settings':{},'credentials':{'observe':{'a':'b'}}} | invalid-field
            {'kind':'teapot','name':'x','settings':{},'credentials':{'observe':{'a':'b'}}}     | invalid-field
            {'kind':'postgresql','name':'x','settings':{}}                                     | invalid-field
            {'kind':'postgresql','name':'x','settings':{},'credentials':{'observe':{}}}        | invalid-field
            {'kind':'ldap','name':'x','settings':{},'credentials':{'observe':{'a':'b'}},'c':1}  | unknown-field
            """)
    void malformedRegistrationIsRefused(String body, String problem) {
        assertThat(post(body).problem()).isEqualTo(problem);
    }

    @Test
    @Claim("T6")
    void onlyWhoManagesConnectorsMayConnect() {
        String body = registration("Operations", NO_SUCH_PORT);

        assertThat(as(Role.APPROVER).post("/connectors", body).problem()).isEqualTo("not-permitted");
        assertThat(as(Role.REQUESTER).get("/connectors").problem()).isEqualTo("not-permitted");
    }

    @Test
    @Claim("T1")
    void connectorOfAnotherOrganizationDoesNotExist() {
        String id = register("Operations", NO_SUCH_PORT).json().string("id");
        TestOrganization other = TestOrganization.fresh();

        Answer answer = http.as(other.member(Role.OWNER)).get("/connectors/" + id);

        assertThat(answer.problem()).isEqualTo("no-such-connector");
        assertThat(http.as(other.member(Role.OWNER)).get("/connectors").items()).isEmpty();
    }

    private TestHttp.Session as(Role role) {
        return http.as(organization.member(role));
    }

    private Answer register(String name, String port) {
        return post(registration(name, port));
    }

    private Answer post(String body) {
        return as(Role.ADMIN).post("/connectors", body);
    }

    private static String registration(String name, String port) {
        return "{'kind':'postgresql','name':'" + name + "','settings':" + settings(port) + ",'credentials':"
                + credentials() + "}";
    }

    private static String settings(String port) {
        return "{'host':'127.0.0.1','port':" + port + ",'database':'postgres','excludedRoles':['postgres']}";
    }

    private static String credentials() {
        String credential = "{'username':'postgres','password':'" + password() + "'}";
        return "{'observe':" + credential + ",'execute':" + credential + "}";
    }

    private static String password() {
        return SharedPostgres.instance().superuserPassword();
    }

    private static String port() {
        String url = SharedPostgres.instance().jdbcUrl("postgres");
        return Integer.toString(URI.create(url.substring("jdbc:".length())).getPort());
    }

    private long refusals() {
        return beyondTheWalls()
                .sql("""
                        SELECT count(*) FROM audit_event
                        WHERE organization_id = ? AND action = 'connector.register' AND outcome = 'refused'
                        """)
                .param(organization.id().value())
                .query((row, _) -> row.getLong(1))
                .single();
    }
}
