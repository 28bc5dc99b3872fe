package dev.nuxari.protocol;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.PlanHash;
import java.time.Instant;
import java.util.UUID;

/** Which workflow a package is about, how it ended, and which plan was asked for. */
public record EvidenceHeader(
        UUID packageId,
        OrganizationId organization,
        UUID workflowId,
        Outcome outcome,
        Scope scope,
        PlanHash planHash,
        Instant sealedAt) {
    /** How a workflow ends. */
    public enum Outcome {
        COMPLETED,
        FAILED,
        REJECTED,
        CANCELLED,
        EXPIRED
    }

    /**
     * What the workflow was about.
     *
     * @param type {@code account}
     * @param id for an account, {@code <connectorId>/<native id of the account>}
     */
    public record Scope(String type, String id) {}

    Json.Obj json() {
        return Json.object(
                "v", EvidencePackage.FORMAT,
                "packageId", packageId,
                "organizationId", organization,
                "workflowId", workflowId,
                "outcome", outcome,
                "scope", Json.object("type", scope.type(), "id", scope.id()),
                "planHash", planHash,
                "sealedAt", sealedAt);
    }

    static EvidenceHeader parse(Located file) {
        Located scope = file.object("scope");
        scope.requireMembers("type", "id");
        return new EvidenceHeader(
                file.uuid("packageId"),
                new OrganizationId(file.uuid("organizationId")),
                file.uuid("workflowId"),
                file.constant("outcome", Outcome.class),
                new Scope(scope.string("type"), scope.string("id")),
                file.read("planHash", PlanHash::new),
                file.instant("sealedAt"));
    }
}
