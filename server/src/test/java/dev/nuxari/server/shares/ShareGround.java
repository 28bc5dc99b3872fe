package dev.nuxari.server.shares;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Role;
import dev.nuxari.protocol.EvidenceHeader;
import dev.nuxari.protocol.EvidenceRecord;
import dev.nuxari.server.evidence.Evidence;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** An organization with two evidence packages, and with links to share. */
@Component
public class ShareGround {
    private final Evidence evidence;
    private final Redactor redactor;
    private final Doorkeeper doorkeeper;
    private final TestHttp http;

    ShareGround(Evidence evidence, Redactor redactor, Doorkeeper doorkeeper, TestHttp http) {
        this.evidence = evidence;
        this.redactor = redactor;
        this.doorkeeper = doorkeeper;
        this.http = http;
    }

    public Ground fresh() {
        TestOrganization organization = TestOrganization.fresh();
        Caller admin = organization.caller(doorkeeper, Role.ADMIN);
        return new Ground(organization, sealed(organization, admin), sealed(organization, admin), http);
    }

    private UUID sealed(TestOrganization organization, Caller by) {
        UUID workflow = UUID.randomUUID();
        evidence.prepare(organization.id(), by);
        evidence.add(
                organization.id(),
                by,
                workflow,
                EvidenceRecord.Type.ACCESS_EVALUATION,
                redactor.redact(asked(organization)));
        return evidence.seal(
                organization.id(),
                by,
                new Evidence.Sealing(
                        workflow,
                        EvidenceHeader.Outcome.REJECTED,
                        "directory/somebody",
                        UUID.randomUUID(),
                        new PlanHash("a".repeat(64)),
                        UUID.randomUUID()));
    }

    private static Json.Obj asked(TestOrganization organization) {
        var requester = Json.object("id", organization.member(Role.REQUESTER).id(), "displayName", "Requester");
        return Json.object(
                "requester",
                requester,
                "beneficiary",
                requester,
                "risk",
                "low",
                "justification",
                "on the team now",
                "entitlement",
                Json.object("nativeId", "cn=wiki", "name", "Wiki", "risk", "low"),
                "policy",
                Json.object("name", "low risk", "stages", List.of()));
    }

    /** The organization, its packages, and what it shares. */
    public record Ground(TestOrganization organization, UUID evidencePackage, UUID otherPackage, TestHttp http) {
        /** A link that was made a moment ago. */
        public record Link(String id, String token) {
            static Link of(Answer created) {
                if (created.status() != 201) {
                    throw new AssertionError(created.body());
                }
                return new Link(
                        created.json().object("share").string("id"),
                        created.json().string("token"));
            }
        }

        public TestHttp.Session as(Role role) {
            return http.as(organization.member(role));
        }

        public Link sharePackage() {
            return sharePackage("{'recipient': 'Ernst the auditor'}");
        }

        Link sharePackage(String body) {
            return Link.of(as(Role.AUDITOR).post("/evidence-packages/" + evidencePackage + "/shares", body));
        }

        /** Apostrophes stand for quotation marks. */
        public Link shareEvents(String filter) {
            return Link.of(as(Role.AUDITOR)
                    .post(
                            "/audit-events/shares",
                            "{'recipient': 'Ernst the auditor', 'filter': %s}".formatted(filter)));
        }

        TestHttp.Session holderOf(Link link) {
            return http.withToken(link.token());
        }

        /** Action, outcome and type of actor of the newest events, in the order of the log. */
        List<String> lately(int events) {
            return beyondTheWalls()
                    .sql("""
                            SELECT action || ' ' || outcome || ' ' || split_part(actor, ':', 1)
                            FROM (SELECT * FROM audit_event WHERE organization_id = ? ORDER BY sequence DESC LIMIT ?) e
                            ORDER BY sequence
                            """)
                    .params(organization.id().value(), events)
                    .query((row, _) -> row.getString(1))
                    .list();
        }

        long size() {
            return beyondTheWalls()
                    .sql("SELECT size FROM audit_head WHERE organization_id = ?")
                    .param(organization.id().value())
                    .query((row, _) -> row.getLong(1))
                    .single();
        }

        void change(String sql, Object... values) {
            beyondTheWalls().sql(sql).params(values).update();
        }
    }
}
