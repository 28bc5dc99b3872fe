package dev.nuxari.server.scim;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.TestDns;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** An organization with a verified domain, and a directory that has a token. */
record ScimGround(
        TestHttp http, ManualClock clock, TestOrganization organization, String domain, String id, String token) {
    private static final String DIRECTORY = "{'name': 'Entra ID', 'defaultRole': 'readonly', 'ceiling': 'approver',"
            + " 'groupRoles': [{'matchedBy': 'display-name', 'value': 'Approvers', 'role': 'approver'},"
            + " {'matchedBy': 'external-id', 'value': 'g-requesters', 'role': 'requester'}]}";

    static ScimGround fresh(TestHttp http, ManualClock clock, TestOrganization organization) {
        String domain = "d" + UUID.randomUUID() + ".example";
        verify(http, clock, organization, domain);
        TestHttp.Session owner = http.as(organization.member(Role.OWNER));
        Answer made = owner.post("/directories", DIRECTORY);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String id = made.json().string("id");
        Answer issued = owner.post("/directories/" + id + "/tokens", "{}");
        assertThat(issued.status()).as(issued.body()).isEqualTo(201);
        String token = issued.json().string("token");
        return new ScimGround(http, clock, organization, domain, id, token);
    }

    static void verify(TestHttp http, ManualClock clock, TestOrganization organization, String domain) {
        TestHttp.Session owner = http.as(organization.member(Role.OWNER));
        Json.Obj added = owner.post("/domains", "{'domain': '" + domain + "'}").json();
        Json.Obj record = added.object("record");
        TestDns.instance().txt(record.string("name"), record.string("value"));
        clock.advance(Duration.ofSeconds(10));
        Json.Obj checked =
                owner.post("/domains/" + added.string("id") + "/checks", "{}").json();
        assertThat(checked.string("outcome")).isEqualTo("found");
    }

    TestHttp.Session owner() {
        return http.as(organization.member(Role.OWNER));
    }

    /** The directory itself; paths are below its base URL. */
    Scim scim() {
        return scim(token);
    }

    Scim scim(String bearer) {
        return new Scim(
                http.anonymous()
                        .with("Authorization", "Bearer " + bearer)
                        .with("Content-Type", "application/scim+json"),
                "/scim/v2/" + organization.id());
    }

    /** Speaks SCIM. */
    record Scim(TestHttp.Session session, String base) {
        Scim with(String header, String value) {
            return new Scim(session.with(header, value), base);
        }

        Answer get(String path) {
            return session.get(base + path);
        }

        Answer send(String method, String path, String body) {
            return session.send(method, base + path, body);
        }

        Answer post(String path, String body) {
            return send("POST", path, body);
        }

        Answer patch(String path, String operations) {
            return send(
                    "PATCH",
                    path,
                    "{'schemas': ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], 'Operations': " + operations + "}");
        }

        Answer delete(String path) {
            return session.send("DELETE", base + path, null);
        }

        /** What a filter finds, by user name or display name. */
        List<String> found(String resources, String query) {
            Answer answer = get(resources + "?" + query);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            return answer.json().has("Resources")
                    ? answer.json().objects("Resources").stream()
                            .map(one -> one.optionalString("userName").orElseGet(() -> one.string("displayName")))
                            .toList()
                    : List.of();
        }
    }

    String address(String name) {
        return name + "@" + domain;
    }

    /** A user as it is sent; apostrophes stand for quotation marks. */
    String user(String name, String more) {
        return "{'schemas': ['urn:ietf:params:scim:schemas:core:2.0:User'], 'userName': '" + address(name)
                + "', 'externalId': 'ext-" + name + "', 'name': {'givenName': '" + name
                + "', 'familyName': 'Tester'}, 'emails': [{'value': '" + address(name)
                + "', 'type': 'work', 'primary': true}]" + more + "}";
    }

    Json.Obj added(String name) {
        return added(name, "");
    }

    Json.Obj added(String name, String more) {
        Answer answer = scim().post("/Users", user(name, more));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    Json.Obj group(String name, String... members) {
        StringBuilder list = new StringBuilder();
        for (String member : members) {
            list.append(list.isEmpty() ? "" : ", ")
                    .append("{'value': '")
                    .append(member)
                    .append("'}");
        }
        Answer answer = scim().post(
                        "/Groups",
                        "{'schemas': ['urn:ietf:params:scim:schemas:core:2.0:Group'], 'displayName': '" + name
                                + "', 'members': [" + list + "]}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    /** What the log has, the newest last: {@code directory-user.add succeeded}. */
    List<String> events() {
        return beyondTheWalls()
                .sql("""
                SELECT action || ' ' || outcome
                FROM audit_event WHERE organization_id = ? AND noun LIKE 'directory%' ORDER BY sequence
                """)
                .param(organization.id().value())
                .query((row, _) -> row.getString(1))
                .list();
    }

    static void refused(Answer answer, int status, String scimType) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type").orElse("")).startsWith("application/scim+json");
        assertThat(answer.json().strings("schemas")).containsExactly("urn:ietf:params:scim:api:messages:2.0:Error");
        assertThat(String.valueOf(answer.json().members().get("status"))).contains(String.valueOf(status));
        assertThat(answer.json().optionalString("scimType").orElse(""))
                .as(answer.body())
                .isEqualTo(scimType);
    }
}
