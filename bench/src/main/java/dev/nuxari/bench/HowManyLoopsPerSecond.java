package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** Ask, approve, execute in the directory, validate, seal: the whole loop over HTTP, until the package is there. */
final class HowManyLoopsPerSecond implements Question {
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Duration COUNTED = Duration.ofSeconds(20);
    /** Looking costs the server too: one client looks often, for the latency; many look seldom, for the rate. */
    private static final Duration LOOK_OFTEN = Duration.ofMillis(10);

    private static final Duration LOOK_SELDOM = Duration.ofMillis(250);
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Set<String> ENDED = Set.of("completed", "failed", "rejected", "cancelled", "expired");

    @Override
    public String name() {
        return "loops";
    }

    @Override
    public Json.Obj answer(Ground ground) {
        var people = new People(ground.as("admin"), ground.as("approver"), ground.as("owner"));
        var wishes = new ConcurrentLinkedQueue<>(wishes(people.requester()));
        return Json.object(
                "thirtyTwoClients",
                Load.of(32, WARM_UP, COUNTED, _ -> loop(people, next(wishes), LOOK_SELDOM)),
                "oneClient",
                Load.of(1, WARM_UP, COUNTED, _ -> loop(people, next(wishes), LOOK_OFTEN)));
    }

    private record People(Client requester, Client approver, Client watcher) {}

    /** The latency ends when the workflow says it has ended, not when somebody looks. */
    private static Duration loop(People people, Json.Obj wish, Duration lookAgain) {
        Instant began = CLOCK.instant();
        Json.Obj request = people.requester().post("/requests", wish);
        Json.Obj approval = people.approver().get("/approvals/" + request.string("approvalId"));
        people.approver()
                .post(
                        "/approvals/" + approval.string("id") + "/decisions",
                        Json.object(
                                "verdict", "approve", "reason", "measured", "planHash", approval.string("planHash")));
        Json.Obj workflow;
        do {
            LockSupport.parkNanos(lookAgain.toNanos());
            workflow = people.watcher().get("/workflows/" + request.string("workflowId"));
        } while (!ENDED.contains(workflow.string("state")));
        if (!workflow.string("state").equals("completed")) {
            throw new IllegalStateException("a workflow ended " + workflow.string("state"));
        }
        return Duration.between(began, Instant.parse(workflow.string("endedAt")));
    }

    private static Json.Obj next(Queue<Json.Obj> wishes) {
        return Optional.ofNullable(wishes.poll())
                .orElseThrow(() -> new IllegalStateException("everything that could be asked for was asked for"));
    }

    /** What accounts of nobody here could be granted at low or medium risk: one approver is enough, and may decide. */
    private static List<Json.Obj> wishes(Client client) {
        String directory = client.get("/connectors").objects("items").stream()
                .filter(connector -> connector.string("kind").equals("ldap"))
                .findFirst()
                .orElseThrow()
                .string("id");
        Set<String> held = new HashSet<>();
        for (Json.Obj one : all(client, "/assignments?book=observed&connectorId=" + directory)) {
            held.add(one.string("accountId") + one.string("entitlementId"));
        }
        List<Json.Obj> entitlements = all(client, "/entitlements?connectorId=" + directory).stream()
                .filter(one -> Set.of("low", "medium").contains(one.string("risk")))
                .toList();
        List<Json.Obj> wishes = new ArrayList<>();
        List<Json.Obj> accounts = all(client, "/accounts?connectorId=" + directory).stream()
                .filter(account -> account.optionalString("memberId").isEmpty())
                .toList();
        for (Json.Obj account : accounts) {
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
