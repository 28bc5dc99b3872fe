package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Ask, approve, execute in the directory, validate, seal: the whole loop over HTTP, until the package is there. */
final class HowManyLoopsPerSecond implements Question {
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration COUNTED = Duration.ofSeconds(20);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);
    private static final Set<String> ENDED = Set.of("completed", "failed", "rejected", "cancelled", "expired");

    @Override
    public String name() {
        return "loops";
    }

    @Override
    public Json.Obj answer(Ground ground) {
        Client requester = ground.as("admin");
        Client approver = ground.as("approver");
        Client watcher = ground.as("owner");
        List<Json.Obj> wishes = wishes(requester);
        var next = new AtomicInteger();
        Load.Turn loop = _ -> loop(requester, approver, watcher, wishes.get(next.getAndIncrement()));
        return Json.object(
                "oneClient", Load.of(1, WARM_UP, COUNTED, loop),
                "thirtyTwoClients", Load.of(32, WARM_UP, COUNTED, loop));
    }

    private static void loop(Client requester, Client approver, Client watcher, Json.Obj wish) {
        Json.Obj request = requester.post("/requests", wish);
        Json.Obj approval = approver.get("/approvals/" + request.string("approvalId"));
        approver.post(
                "/approvals/" + approval.string("id") + "/decisions",
                Json.object("verdict", "approve", "reason", "measured", "planHash", approval.string("planHash")));
        String workflow = "/workflows/" + request.string("workflowId");
        String state = "";
        while (!ENDED.contains(state)) {
            state = watcher.get(workflow).string("state");
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        if (!state.equals("completed")) {
            throw new IllegalStateException("a workflow ended " + state);
        }
    }

    /** Every pair of an account and a low or medium risk that the approved book does not hold yet. */
    private static List<Json.Obj> wishes(Client client) {
        String directory = client.get("/connectors").objects("items").stream()
                .filter(connector -> connector.string("kind").equals("ldap"))
                .findFirst()
                .orElseThrow()
                .string("id");
        Set<String> held = new java.util.HashSet<>();
        for (Json.Obj one : all(client, "/assignments?book=observed&connectorId=" + directory)) {
            held.add(one.string("accountId") + one.string("entitlementId"));
        }
        List<Json.Obj> entitlements = all(client, "/entitlements?connectorId=" + directory).stream()
                .filter(one -> Set.of("low", "medium").contains(one.string("risk")))
                .toList();
        List<Json.Obj> wishes = new ArrayList<>();
        for (Json.Obj account : all(client, "/accounts?connectorId=" + directory)) {
            for (Json.Obj entitlement : entitlements) {
                if (!held.contains(account.string("id") + entitlement.string("id"))) {
                    wishes.add(Json.object(
                            "accountId", account.string("id"),
                            "entitlementId", entitlement.string("id"),
                            "justification", "measured"));
                }
            }
        }
        return wishes;
    }

    private static List<Json.Obj> all(Client client, String path) {
        List<Json.Obj> items = new ArrayList<>();
        String cursor = "";
        do {
            Json.Obj page = client.get(path + "&limit=200" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            items.addAll(page.objects("items"));
            cursor = page.optionalString("nextCursor").orElse("");
        } while (!cursor.isEmpty());
        return items;
    }
}
