package dev.nuxari.server.workflow;

import dev.nuxari.kernel.ActorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Exactly what would be done, and why. Its canonical JSON (RFC 8785) is what approvers see, hash and decide on; a plan that
 * changes is a new plan.
 *
 * @param beneficiary the member whose access it is, if the account belongs to one; never decides
 */
public record Plan(
        OrganizationId organization,
        UUID request,
        ActorId requester,
        Optional<MemberId> beneficiary,
        List<PlannedStep> steps,
        String justification,
        Instant createdAt) {
    public Plan {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a plan has at least one step");
        }
    }

    public Json.Obj toJson() {
        return Json.object(
                "v", 1,
                "organizationId", organization.toString(),
                "requestId", request.toString(),
                "requester", requester.toString(),
                "beneficiary",
                        beneficiary.map(member -> ActorId.of(member).toString()).orElse(null),
                "steps", steps.stream().map(PlannedStep::toJson).toList(),
                "justification", justification,
                "createdAt", createdAt);
    }

    /** SHA-256 of the canonical JSON. */
    public PlanHash hash() {
        return new PlanHash(Sha256.hexOf(toJson().canonicalBytes()));
    }

    /** Reads what {@link #toJson} wrote. */
    public static Plan parse(Json.Obj json) {
        return new Plan(
                OrganizationId.parse(json.string("organizationId")),
                UUID.fromString(json.string("requestId")),
                ActorId.parse(json.string("requester")),
                json.optionalString("beneficiary")
                        .map(reference ->
                                MemberId.parse(ActorId.parse(reference).id())),
                json.objects("steps").stream().map(PlannedStep::parse).toList(),
                json.string("justification"),
                Instant.parse(json.string("createdAt")));
    }
}
