package dev.nuxari.server.workflow;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static java.util.Objects.requireNonNull;

import dev.nuxari.kernel.ActorId;
import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Risk;
import dev.nuxari.server.approvals.Answer.Verdict;
import dev.nuxari.server.approvals.Approvals;
import dev.nuxari.server.tenancy.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

final class WorkflowFixtures {
    static final ConnectorId CONNECTOR = new ConnectorId(new UUID(0, 7));

    private WorkflowFixtures() {}

    /** The books know the connector, the account and the entitlements that {@link #plan} names. */
    static void knownSystem(OrganizationId organization) {
        JdbcClient database = beyondTheWalls();
        database.sql("""
                INSERT INTO connector (organization_id, connector_id, kind, name, settings, created_at)
                VALUES (?, ?, 'ldap', 'directory', '{}', now())
                """).params(organization.value(), CONNECTOR.value()).update();
        database.sql("INSERT INTO book (organization_id, connector_id) VALUES (?, ?)")
                .params(organization.value(), CONNECTOR.value())
                .update();
        database.sql("""
                INSERT INTO account (organization_id, connector_id, native_id, display_name, state, state_seen_at)
                VALUES (?, ?, 'alice', 'Alice', 'enabled', now())
                """).params(organization.value(), CONNECTOR.value()).update();
        database.sql("""
                INSERT INTO entitlement (organization_id, connector_id, kind, native_id, name, description, risk)
                SELECT ?, ?, 'group', 'ledger-read-' || n, 'Ledger, read', '', 'low' FROM generate_series(1, 3) n
                """).params(organization.value(), CONNECTOR.value()).update();
    }

    static PlannedStep grantStep(int position) {
        return new PlannedStep(
                position,
                CONNECTOR,
                "directory",
                Operation.GRANT,
                new PlannedStep.Account("alice", "Alice"),
                new PlannedStep.Entitlement("group", "ledger-read-" + position, "Ledger, read"));
    }

    static Plan plan(Caller requester, int steps) {
        return new Plan(
                requester.organization(),
                UUID.randomUUID(),
                ActorId.of(requester.memberId()),
                Optional.of(requester.memberId()),
                java.util.stream.IntStream.rangeClosed(1, steps)
                        .mapToObj(WorkflowFixtures::grantStep)
                        .toList(),
                "closing the quarter",
                Instant.parse("2026-01-01T12:00:00Z"));
    }

    static Workflows.Submission submission(Caller requester, int steps) {
        return new Workflows.Submission(plan(requester, steps), Risk.LOW, null);
    }

    static Approvals.Word approve(PlanHash seen) {
        return new Approvals.Word(Verdict.APPROVE, "checked the plan", seen);
    }

    static List<String> kinds(Workflows.Dossier dossier) {
        return dossier.timeline().stream()
                .map(entry -> requireNonNull(entry.kind()).name())
                .toList();
    }
}
