package dev.nuxari.e2e;

import dev.nuxari.cli.api.Api;
import dev.nuxari.cli.api.Fields;
import dev.nuxari.cli.api.Watch;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Sha256;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the people of {@code acme} do in these tests, through the front door. */
record Deeds(Composed stack) {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Entitlements of a connector that the requester does not hold, of that risk. */
    List<Json.Obj> notHeld(Json.Obj connector, String risk) {
        String path = "/entitlements?connectorId=" + connector.string("id") + "&risk=" + risk;
        return stack.api("requester").list(path, 1000).stream()
                .filter(entitlement -> !Fields.truth(entitlement, "held"))
                .filter(entitlement -> !isAskedFor(entitlement.string("id")))
                .toList();
    }

    Json.Obj firstNotHeld(Json.Obj connector) {
        List<Json.Obj> low = notHeld(connector, "low");
        return low.isEmpty() ? notHeld(connector, "medium").getFirst() : low.getFirst();
    }

    private boolean isAskedFor(String entitlement) {
        return stack.api("requester").list("/requests?mine=true&state=submitted", 1000).stream()
                .anyMatch(request -> Fields.text(request, "entitlement.id").equals(entitlement));
    }

    Json.Obj ask(String operation, Json.Obj entitlement) {
        return stack.api("requester").post("/requests", wish(operation, entitlement.string("id")));
    }

    static Json.Obj wish(String operation, String entitlement) {
        return Json.object(
                "entitlementId",
                entitlement,
                "operation",
                operation,
                "justification",
                "Needed for the test of the loop");
    }

    /** The decision about the plan as it is shown. */
    Json.Obj decide(Json.Obj request, String role, String verdict) {
        Api api = stack.api(role);
        String path = "/approvals/" + request.string("approvalId");
        return api.post(path + "/decisions", decision(verdict, planHash(api.get(path))));
    }

    static Json.Obj decision(String verdict, String planHash) {
        return Json.object("verdict", verdict, "reason", "Decided in the test", "planHash", planHash);
    }

    static String planHash(Json.Obj approval) {
        return Sha256.hexOf(approval.object("plan").canonicalBytes());
    }

    String workflowOf(Json.Obj request) {
        return Eventually.get(
                "the workflow of the request",
                PATIENCE,
                () -> Optional.of(Fields.text(
                                stack.api("requester").get("/requests/" + request.string("id")), "workflowId"))
                        .filter(id -> !id.isEmpty()));
    }

    /** The workflow of the request, when it has ended and its evidence is sealed. */
    Json.Obj ended(Json.Obj request) {
        String id = workflowOf(request);
        Api api = stack.api("admin");
        new Watch(api, PATIENCE).untilEnd(id, _ -> {});
        return Eventually.get(
                "the evidence of the workflow",
                PATIENCE,
                () -> Optional.of(api.get("/workflows/" + id))
                        .filter(workflow ->
                                !Fields.text(workflow, "evidencePackageId").isEmpty()));
    }

    /** From asking to the end, decided by one approver. */
    Json.Obj loop(String operation, Json.Obj entitlement) {
        Json.Obj request = ask(operation, entitlement);
        decide(request, "approver", "approve");
        return ended(request);
    }

    /** Reads a system again, through the admin. */
    void observe(Json.Obj connector) {
        Api admin = stack.api("admin");
        String id = admin.post("/connectors/" + connector.string("id") + "/observations", Json.object())
                .string("id");
        Eventually.isTrue(
                "the observation has ended",
                PATIENCE,
                () -> Fields.text(admin.get("/observations/" + id), "state").equals("completed"));
    }

    boolean isHeld(Json.Obj entitlement) {
        return Fields.truth(stack.api("requester").get("/entitlements/" + entitlement.string("id")), "held");
    }

    byte[] exported(Json.Obj workflow) {
        return stack.api("auditor").download("/evidence-packages/" + workflow.string("evidencePackageId") + "/export");
    }

    /** How many audit events of this kind there are among the newest. */
    long refusals(String action) {
        return stack.api("auditor")
                .list("/audit-events?outcome=refused&action=" + action, 200)
                .size();
    }
}
