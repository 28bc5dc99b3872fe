package dev.nuxari.server.roles;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.access.ObservedSystem;
import dev.nuxari.server.connectors.EntitlementRef;
import dev.nuxari.server.connectors.Observed;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.testing.TestAgents;
import dev.nuxari.server.testing.TestDatabase;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestMember;
import dev.nuxari.server.testing.TestOrganization;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * An organization in which everything exists that a route can name: a system in which every member has an account, requests
 * that are open and decided, their workflows, and the evidence of the decided ones.
 */
@Component
class RoleGround {
    private static final String ENTITLEMENT = "wiki";

    private final ObservedSystem system;
    private final Doorkeeper doorkeeper;
    private final TestHttp http;

    RoleGround(ObservedSystem system, Doorkeeper doorkeeper, TestHttp http) {
        this.system = system;
        this.doorkeeper = doorkeeper;
        this.http = http;
    }

    Ground fresh() {
        TestOrganization organization = TestOrganization.fresh();
        Caller admin = organization.caller(doorkeeper, Role.ADMIN);
        ConnectorId directory = system.connect(organization.id(), "Directory");
        system.baseline(
                admin,
                directory,
                new Observed(
                        Stream.of(Role.values())
                                .map(organization::member)
                                .map(RoleGround::account)
                                .toList(),
                        List.of(new Observed.Entitlement(
                                new EntitlementRef("group", ENTITLEMENT), ENTITLEMENT, "Reads the wiki")),
                        List.of()));
        TestHttp.Session asAdmin = http.as(organization.member(Role.ADMIN));
        return new Ground(
                http,
                organization,
                directory,
                first(asAdmin, "/entitlements"),
                asAdmin.get("/accounts").items().stream()
                        .collect(toMap(account -> account.string("nativeId"), account -> account.string("id"))));
    }

    private static String first(TestHttp.Session session, String list) {
        return session.get(list).items().getFirst().string("id");
    }

    private static Observed.Account account(TestMember member) {
        String name = Spelling.of(member.role());
        return new Observed.Account(name, "Name of " + name, member.email(), true);
    }

    /** A request and what hangs together with it. */
    record Asked(String request, String approval, String workflow, String planHash) {
        static Asked of(Json.Obj request) {
            return new Asked(
                    request.string("id"),
                    request.string("approvalId"),
                    request.string("workflowId"),
                    request.string("planHash"));
        }
    }

    record Ground(
            TestHttp http,
            TestOrganization organization,
            ConnectorId connectorId,
            String entitlement,
            Map<String, String> accounts) {
        TestMember member(Role role) {
            return organization.member(role);
        }

        TestHttp.Session as(Role role) {
            return http.as(member(role));
        }

        /** In which this member has just signed in. */
        String session(TestMember member) {
            return http.browserOf(member)
                    .get("/members/" + member.id() + "/sessions")
                    .items()
                    .getFirst()
                    .string("id");
        }

        /** One that nobody has verified. */
        String domain() {
            Answer made = as(Role.ADMIN).post("/domains", "{'domain':'d%s.example'}".formatted(UUID.randomUUID()));
            assertThat(made.status()).as(made.body()).isEqualTo(201);
            return made.json().string("id");
        }

        /** One that was sent long enough ago to be sent again. */
        String invite() {
            Answer made = as(Role.ADMIN)
                    .post("/invites", "{'email':'p%s@people.example','role':'requester'}".formatted(UUID.randomUUID()));
            assertThat(made.status()).as(made.body()).isEqualTo(201);
            String id = made.json().string("id");
            TestDatabase.beyondTheWalls()
                    .sql("UPDATE invite SET queued_at = queued_at - interval '2 hours' WHERE invite_id = ?")
                    .param(UUID.fromString(id))
                    .update();
            return id;
        }

        /** There may be few of them, so all roles try the same one. */
        String directory() {
            List<Json.Obj> known = as(Role.ADMIN).get("/directories").items();
            if (!known.isEmpty()) {
                return known.getFirst().string("id");
            }
            Answer made =
                    as(Role.ADMIN).post("/directories", "{'name':'D','defaultRole':'readonly','ceiling':'readonly'}");
            assertThat(made.status()).as(made.body()).isEqualTo(201);
            return made.json().string("id");
        }

        /** A draft: the broker does not know it. There may be ten, so that the one before makes room. */
        String identityProvider() {
            as(Role.OWNER)
                    .get("/identity-providers")
                    .items()
                    .forEach(one -> as(Role.OWNER).post("/identity-providers/" + one.string("id") + "/removals", "{}"));
            Answer made = as(Role.OWNER).post("/identity-providers", identityProviderBody());
            assertThat(made.status()).as(made.body()).isEqualTo(201);
            return made.json().string("id");
        }

        /** A token that is valid, if the directory is one of this organization. */
        String directoryToken(String directory) {
            Answer made = as(Role.ADMIN).post("/directories/" + directory + "/tokens", "{}");
            return made.status() == 201
                    ? made.json().string("id")
                    : UUID.randomUUID().toString();
        }

        /** No host has become it. */
        String agent() {
            Answer made = as(Role.ADMIN).post("/agents", "{'name':'A'}");
            assertThat(made.status()).as(made.body()).isEqualTo(201);
            return made.json().string("id");
        }

        String enrolledAgent() {
            return TestAgents.enrolled(agent());
        }

        /** A token that is valid, if the agent is one of this organization. */
        String enrolmentToken(String agent) {
            Answer made = as(Role.ADMIN).post("/agents/" + agent + "/enrolment-tokens", "{}");
            return made.status() == 201
                    ? made.json().string("id")
                    : UUID.randomUUID().toString();
        }

        String identityProviderBody() {
            return "{'name':'Acme','preset':'saml','metadataUrl':'https://127.0.0.1/saml'}";
        }

        String connector() {
            return connectorId.toString();
        }

        String observation() {
            return first(as(Role.ADMIN), "/connectors/" + connector() + "/observations");
        }

        /** A request of this member, or for them where their role asks for nothing. */
        Asked requestOf(Role role) {
            boolean asks = role != Role.AUDITOR && role != Role.READONLY;
            return ask(asks ? role : Role.OWNER, role);
        }

        Asked ask(Role requester, Role beneficiary) {
            Answer answer = as(requester).post("/requests", wish(beneficiary));
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            return Asked.of(answer.json());
        }

        /** Asks for the account of the member who had this role from the start. */
        String wish(Role beneficiary) {
            return "{'entitlementId':'%s','accountId':'%s','justification':'needed for the work'}"
                    .formatted(entitlement, accounts.get(Spelling.of(beneficiary)));
        }

        /** The evidence of a request that was rejected. */
        String evidencePackage() {
            Asked asked = ask(Role.REQUESTER, Role.REQUESTER);
            Answer decided = as(Role.APPROVER).post("/approvals/" + asked.approval() + "/decisions", rejection(asked));
            assertThat(decided.status()).as(decided.body()).isEqualTo(201);
            return as(Role.ADMIN).get("/requests/" + asked.request()).json().string("evidencePackageId");
        }

        /** A link to the events of the log. */
        String share() {
            Answer made = as(Role.AUDITOR).post("/audit-events/shares", "{'recipient':'Ernst','filter':{}}");
            assertThat(made.status()).as(made.body()).isEqualTo(201);
            return made.json().object("share").string("id");
        }

        static String rejection(Asked asked) {
            return "{'verdict':'reject','reason':'not needed','planHash':'%s'}".formatted(asked.planHash());
        }
    }
}
