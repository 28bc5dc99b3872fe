package dev.nuxari.server.tenancy;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Permission;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.shares.ShareGround;
import dev.nuxari.server.shares.ShareGround.Ground;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestOrganization;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What somebody achieves who has SQL of their own run in the scope of a share link, on a bare connection of the server's role:
 * they see what the link shares, and nothing more of the same organization either.
 */
@ServerTest
@Claim("T4")
class ShareWallsTest {
    private static final Origin ORIGIN = new Origin("127.0.0.1", null);

    @Autowired
    ShareGround grounds;

    @Autowired
    Doorkeeper doorkeeper;

    private FewConnections connections = FewConnections.bare(1);

    // Set before each test.
    @SuppressWarnings("NullAway.Init")
    private Ground ground;

    @BeforeEach
    void givenOrganizationWithEvidence() {
        connections.close();
        connections = FewConnections.bare(1);
        ground = grounds.fresh();
        // There is something to be after, in every kind of table.
        Smuggled.furnish(TestOrganization.fresh(), Smuggled.MARKER);
    }

    @AfterEach
    void noConnection() {
        connections.close();
    }

    @Test
    void linkToAPackageSeesItsPackageAndTheEventsAboutIt() {
        Caller holder = holderOf(ground.sharePackage());

        Map<String, String> seen = seen(holder);

        assertThat(seen)
                .containsEntry("evidence_package", "1")
                .containsEntry("evidence_attestation", "1")
                .containsEntry("audit_event", "2")
                .containsEntry("share_link", "1")
                .containsEntry("organization", "1");
        assertThat(ask(holder, "SELECT package_id FROM evidence_package"))
                .containsExactly(ground.evidencePackage().toString());
        assertThat(ask(holder, "SELECT DISTINCT target_id FROM audit_event"))
                .containsExactly(ground.evidencePackage().toString());
    }

    @Test
    void linkToEventsSeesWhatItsFilterFinds() {
        Caller holder = holderOf(
                ground.shareEvents("{'action': 'evidence.', 'targetId': '%s'}".formatted(ground.otherPackage())));

        assertThat(ask(holder, "SELECT action || ' ' || target_id FROM audit_event"))
                .containsExactly("evidence.seal " + ground.otherPackage());
        assertThat(seen(holder)).containsEntry("evidence_package", "0").containsEntry("evidence_attestation", "0");
    }

    @Test
    void everyFieldOfAFilterNarrows() {
        String member = ground.organization().member(Role.ADMIN).id().toString();
        for (String filter : List.of(
                "{'actor': 'system:nobody'}",
                "{'action': 'evidence.attest'}",
                "{'action': 'member.'}",
                "{'targetType': 'member'}",
                "{'targetId': 'x'}",
                "{'from': '2999-01-01T00:00:00Z'}",
                "{'to': '2001-01-01T00:00:00Z'}",
                "{'outcome': 'failed'}",
                "{'approvalRef': '%s'}".formatted(UUID.randomUUID()),
                "{'requestId': '%s'}".formatted(UUID.randomUUID()),
                "{'following': '%s'}".formatted(UUID.randomUUID()))) {
            assertThat(ask(holderOf(ground.shareEvents(filter)), "SELECT action FROM audit_event"))
                    .as(filter)
                    .isEmpty();
        }
        assertThat(ask(
                        holderOf(ground.shareEvents("{'actor': '%s', 'outcome': 'succeeded'}".formatted(member))),
                        "SELECT action FROM audit_event"))
                .containsExactly("evidence.seal", "evidence.seal");
    }

    /** Also the table that is added tomorrow. */
    @Test
    void everyOtherTableIsClosed() {
        Caller holder = holderOf(ground.sharePackage());

        assertThat(seen(holder).entrySet().stream()
                        .filter(table -> !table.getValue().equals("closed"))
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder(
                        "organization",
                        "share_link",
                        "organization_key",
                        "signing_key",
                        "key_manifest",
                        "audit_event",
                        "audit_node",
                        "audit_head",
                        "audit_checkpoint",
                        "evidence_package",
                        "evidence_attestation");
    }

    @Test
    void linkWritesNothingThatMatters() {
        Caller holder = holderOf(ground.sharePackage());
        Caller other = holderOf(ground.sharePackage());
        String organization = ground.organization().id().toString();

        for (String statement : List.of(
                "INSERT INTO share_link (organization_id, token_hash, recipient, filter, created_by, created_at, expires_at)"
                        + " SELECT organization_id, repeat('0', 64), 'x', '{}', created_by, now(), now() + interval '1 day'"
                        + " FROM share_link",
                "UPDATE share_link SET revoked_at = now(), revoked_by = created_by",
                "UPDATE share_link SET expires_at = now() + interval '80 days'",
                "UPDATE share_link SET uses = uses - 1",
                "INSERT INTO signing_key SELECT organization_id, name, version + 1, public_key, sealed_private_key, now()"
                        + " FROM signing_key",
                "INSERT INTO key_manifest SELECT organization_id, version + 1, now(), manifest FROM key_manifest",
                "SELECT forget_private_keys('%s', 'log')".formatted(organization),
                "INSERT INTO evidence_attestation SELECT organization_id, uuidv7(), log_index FROM evidence_attestation",
                "SELECT append_audit_events('%s', ARRAY[convert_to('{}', 'UTF8')])".formatted(organization),
                "SELECT audit_leaf_hashes('%s', 0, 9)"
                        .formatted(grounds.fresh().organization().id()))) {
            assertThatThrownBy(() -> ask(holder, statement + (statement.startsWith("SELECT") ? "" : " RETURNING 1")))
                    .as(statement)
                    .hasStackTraceContaining("ERROR:");
        }
        assertThat(ask(
                        holder,
                        "SELECT count(*) FROM share_link WHERE share_id <> '%s'"
                                .formatted(holder.id().id())))
                .containsExactly("0");
        assertThat(other.id()).isNotEqualTo(holder.id());
    }

    @Test
    void doorClosesWithTheLink() {
        ShareGround.Ground.Link link = ground.sharePackage();
        Caller holder = holderOf(link);
        UUID id = UUID.fromString(link.id());

        for (String[] change : List.of(
                new String[] {
                    "UPDATE share_link SET created_at = now() - interval '2 days', expires_at = now() - interval '1 day'",
                    "UPDATE share_link SET created_at = now(), expires_at = now() + interval '1 day'"
                },
                new String[] {
                    "UPDATE share_link SET most_uses = 1, uses = 1, visit_ends_at = NULL",
                    "UPDATE share_link SET most_uses = NULL, uses = 0"
                },
                new String[] {
                    "UPDATE member SET role = 'readonly' WHERE member_id = :creator",
                    "UPDATE member SET role = 'auditor' WHERE member_id = :creator"
                },
                new String[] {
                    "UPDATE share_link SET revoked_at = now(), revoked_by = created_by",
                    "UPDATE share_link SET revoked_at = NULL, revoked_by = NULL"
                })) {
            assertThat(ask(holder, "SELECT 1")).containsExactly("1");
            change(change[0], id);
            assertThatThrownBy(() -> ask(holder, "SELECT 1"))
                    .as(change[0])
                    .hasStackTraceContaining("a link cannot enter organization");
            change(change[1], id);
        }
    }

    @Test
    void nobodyMakesLinksInSomebodyElsesNameNorWithoutTheRight() {
        String insert =
                "INSERT INTO share_link (organization_id, token_hash, recipient, filter, created_by, created_at, expires_at)"
                        + " VALUES ('%s', repeat('1', 64), 'x', '{}', '%s', now(), now() + interval '1 day') RETURNING 1";
        String auditor = ground.organization().member(Role.AUDITOR).id().toString();
        String approver = ground.organization().member(Role.APPROVER).id().toString();
        String organization = ground.organization().id().toString();

        for (String by : List.of(auditor, approver)) {
            assertThatThrownBy(() -> ask(member(Role.APPROVER), insert.formatted(organization, by)))
                    .hasStackTraceContaining("may not make this link");
        }
        assertThat(ask(member(Role.AUDITOR), insert.formatted(organization, auditor)))
                .containsExactly("1");
    }

    @Test
    void linkThatEndedStaysEnded() {
        UUID id = UUID.fromString(ground.sharePackage().id());
        change("UPDATE share_link SET revoked_at = now(), revoked_by = created_by, uses = 2", id);

        for (String reopening : List.of("revoked_at = NULL, revoked_by = NULL", "uses = 1")) {
            assertThatThrownBy(() -> ask(
                            member(Role.OWNER),
                            "UPDATE share_link SET %s WHERE share_id = '%s' RETURNING 1".formatted(reopening, id)))
                    .as(reopening)
                    .hasStackTraceContaining("does not open again");
        }
    }

    @Test
    void linkOfOneOrganizationOpensNoOther() {
        Caller holder = holderOf(ground.sharePackage());
        Ground other = grounds.fresh();

        assertThatThrownBy(() -> connections
                        .withoutMembershipCheck()
                        .within(other.organization().id(), holder, () -> holder))
                .hasStackTraceContaining("the ticket is not genuine");
        assertThat(doorkeeper.admitShare(
                        other.organization().id(), holder.ticket().subject(), ORIGIN))
                .isInstanceOf(ShareAdmission.Unknown.class);
    }

    /** The database has the roles a second time. */
    @Test
    void rolesThatMayShareAreThoseThatMayReadEvidenceAndTheLog() {
        assertThat(Arrays.stream(Role.values())
                        .collect(toMap(
                                role -> role,
                                role -> beyondTheWalls()
                                        .sql("SELECT may_share(?)")
                                        .param(Spelling.of(role))
                                        .query(Boolean.class)
                                        .single())))
                .isEqualTo(Arrays.stream(Role.values())
                        .collect(toMap(
                                role -> role,
                                role -> role.may(Permission.AUDIT_READ) && role.may(Permission.EVIDENCE_READ))));
    }

    private Caller member(Role role) {
        return ground.organization().caller(doorkeeper, role);
    }

    private void change(String sql, UUID share) {
        beyondTheWalls()
                .sql(sql.contains("WHERE") ? sql : sql + " WHERE share_id = :id")
                .param("id", share)
                .param(
                        "creator",
                        ground.organization().member(Role.AUDITOR).id().value())
                .update();
    }

    private Caller holderOf(Ground.Link link) {
        String hash = Sha256.hexOf(link.token().getBytes(StandardCharsets.US_ASCII));
        ShareAdmission admission = doorkeeper.admitShare(ground.organization().id(), hash, ORIGIN);
        assertThat(admission).isInstanceOf(ShareAdmission.Admitted.class);
        return ((ShareAdmission.Admitted) admission).caller();
    }

    /** How many rows of each table are seen; {@code closed} where asking is an error. */
    private Map<String, String> seen(Caller holder) {
        return DatabaseWallsTest.ownedTables().stream().collect(toMap(table -> table, table -> {
            try {
                return ask(holder, "SELECT count(*) FROM (SELECT FROM " + table + " OFFSET 0) t")
                        .getFirst();
            } catch (RuntimeException e) {
                assertThat(e).as(table).hasStackTraceContaining("a link does not open this");
                return "closed";
            }
        }));
    }

    private List<String> ask(Caller holder, String sql) {
        return connections.within(ground.organization().id(), holder, () -> {
            connections.unguarded().sql("SET LOCAL enable_seqscan = off").update();
            return connections
                    .unguarded()
                    .sql(sql)
                    .query((row, _) -> row.getString(1))
                    .list();
        });
    }
}
