package dev.nuxari.server.requests;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static java.util.Objects.requireNonNull;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.requests.RequestGround.Ground;
import dev.nuxari.server.testing.TestHttp;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** Two organizations with one object of each kind, by the names that the cases of the tests use. */
record TwoOrganizations(Ground mine, Ground theirs, Map<String, String> own, Map<String, String> foreign) {
    static TwoOrganizations fresh(RequestGround grounds, TestHttp http) {
        Ground mine = grounds.fresh();
        Ground theirs = grounds.fresh();
        // Their log is the longer one, so that it has an entry where this one has none.
        TestHttp.Session refused = http.as(theirs.organization().member(Role.READONLY));
        IntStream.range(0, 100).forEach(_ -> refused.get("/audit-head"));
        return new TwoOrganizations(mine, theirs, objects(mine, http), objects(theirs, http));
    }

    /** An id of that kind which nobody has. */
    static String missing(String kind) {
        return kind.equals("sequence") ? "999999" : UUID.randomUUID().toString();
    }

    private static Map<String, String> objects(Ground ground, TestHttp http) {
        TestHttp.Session requester = http.as(ground.organization().member(Role.REQUESTER));
        String wish = "{'entitlementId': '%s', 'justification': 'on the team now'}";
        Json.Obj cancelled = requester
                .post(
                        "/requests",
                        wish.formatted(ground.entitlement("domain admins").id()))
                .json();
        requester.post("/requests/" + cancelled.string("id") + "/cancellations", "{}");
        Json.Obj request = requester
                .post("/requests", wish.formatted(ground.entitlement("wiki").id()))
                .json();
        Map<String, String> objects = new LinkedHashMap<>();
        objects.put("organization", ground.organization().id().toString());
        objects.put("member", ground.organization().member(Role.REQUESTER).id().toString());
        objects.put("connector", ground.directoryId().toString());
        objects.put("observation", only(ground, "SELECT min(observation_id::text) FROM observation"));
        objects.put("entitlement", ground.entitlement("wiki").id().toString());
        objects.put("account", ground.account("stranger").id().toString());
        objects.put("request", request.string("id"));
        objects.put("approval", request.string("approvalId"));
        objects.put("workflow", request.string("workflowId"));
        objects.put("package", only(ground, "SELECT min(package_id::text) FROM evidence_package"));
        http.as(ground.organization().member(Role.AUDITOR))
                .post("/audit-events/shares", "{'recipient': 'Ernst', 'filter': {}}");
        objects.put("share", only(ground, "SELECT min(share_id::text) FROM share_link"));
        Json.Obj domain = http.as(ground.organization().member(Role.ADMIN))
                .post("/domains", "{'domain': 'd" + UUID.randomUUID() + ".example'}")
                .json();
        objects.put("domain", domain.string("id"));
        Json.Obj invite = http.as(ground.organization().member(Role.ADMIN))
                .post("/invites", "{'email': 'p" + UUID.randomUUID() + "@people.example', 'role': 'requester'}")
                .json();
        objects.put("invite", invite.string("id"));
        String directory = http.as(ground.organization().member(Role.ADMIN))
                .post("/directories", "{'name': 'D', 'defaultRole': 'readonly', 'ceiling': 'readonly'}")
                .json()
                .string("id");
        objects.put("directory", directory);
        objects.put(
                "token",
                http.as(ground.organization().member(Role.ADMIN))
                        .post("/directories/" + directory + "/tokens", "{}")
                        .json()
                        .string("id"));
        Json.Obj provider = http.as(ground.organization().member(Role.OWNER))
                .post(
                        "/identity-providers",
                        "{'name': 'Acme', 'preset': 'saml', 'metadataUrl': 'https://127.0.0.1/saml'}")
                .json();
        objects.put("provider", provider.string("id"));
        agent(ground, http, objects);
        http.signIn(ground.organization().member(Role.REQUESTER));
        objects.put("session", only(ground, "SELECT min(session_id::text) FROM session"));
        objects.put("sequence", only(ground, "SELECT max(sequence)::text FROM audit_event"));
        return objects;
    }

    private static void agent(Ground ground, TestHttp http, Map<String, String> objects) {
        String agent = http.as(ground.organization().member(Role.ADMIN))
                .post("/agents", "{'name': 'A'}")
                .json()
                .string("id");
        objects.put("agent", agent);
        objects.put(
                "enrolment-token",
                http.as(ground.organization().member(Role.ADMIN))
                        .post("/agents/" + agent + "/enrolment-tokens", "{}")
                        .json()
                        .string("id"));
    }

    private static String only(Ground ground, String query) {
        return requireNonNull(beyondTheWalls()
                .sql(query + " WHERE organization_id = ?")
                .param(ground.organization().id().value())
                .query((row, _) -> row.getString(1))
                .single());
    }
}
