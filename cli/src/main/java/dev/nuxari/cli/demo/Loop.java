package dev.nuxari.cli.demo;

import dev.nuxari.cli.api.Api;
import dev.nuxari.cli.api.Fields;
import dev.nuxari.cli.api.Refused;
import dev.nuxari.cli.api.Steps;
import dev.nuxari.cli.api.Unreachable;
import dev.nuxari.cli.api.Watch;
import dev.nuxari.cli.demo.People.Person;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Sha256;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One turn of the loop on one governed system: ask, decide, watch it being carried out, look again. */
final class Loop {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Set<String> DECIDED_BY_ONE = Set.of("low", "medium");
    private static final int MOST_TRIES = 5;

    private final People people;
    private final Narrator narrator;

    Loop(People people, Narrator narrator) {
        this.people = people;
        this.narrator = narrator;
    }

    /** What is asked for. */
    private record Wish(String operation, Json.Obj entitlement) {}

    /** Runs the loop; the workflow as it ended, with its evidence sealed. */
    Json.Obj run(Json.Obj connector) {
        narrator.chapter(
                people.organization().name() + ": " + connector.string("name") + " (" + connector.string("kind") + ")");
        Json.Obj request = ask(connector);
        decide(request);
        Json.Obj workflow = follow(request);
        lookAgain(connector, request);
        return workflow;
    }

    private Json.Obj ask(Json.Obj connector) {
        Person requester = people.as("requester");
        Optional<Refused> last = Optional.empty();
        for (Wish wish : wishes(requester.api(), connector)) {
            try {
                return ask(requester, wish);
            } catch (Refused e) {
                // Somebody may have asked for the same a moment ago.
                last = Optional.of(e);
            }
        }
        throw last.map(RuntimeException.class::cast)
                .orElseGet(() -> new Unreachable(
                        connector.string("name") + " has nothing " + requester.name() + " could ask for."));
    }

    /** Access they do not have yet; when they hold everything, the end of some they hold. */
    private static List<Wish> wishes(Api requester, Json.Obj connector) {
        List<Json.Obj> catalogue =
                requester.list("/entitlements?connectorId=" + Api.encode(connector.string("id")), 1000).stream()
                        .filter(entitlement -> DECIDED_BY_ONE.contains(Fields.text(entitlement, "risk")))
                        .toList();
        Stream<Wish> grants = catalogue.stream()
                .filter(entitlement -> !Fields.truth(entitlement, "held"))
                .map(entitlement -> new Wish("grant", entitlement));
        Stream<Wish> revocations = catalogue.stream()
                .filter(entitlement -> Fields.truth(entitlement, "held"))
                .map(entitlement -> new Wish("revoke", entitlement));
        return Stream.concat(grants, revocations).limit(MOST_TRIES).toList();
    }

    private Json.Obj ask(Person requester, Wish wish) {
        String name = Fields.text(wish.entitlement(), "name");
        boolean grant = wish.operation().equals("grant");
        Json.Obj request = requester
                .api()
                .post(
                        "/requests",
                        Json.object(
                                "entitlementId",
                                wish.entitlement().string("id"),
                                "operation",
                                wish.operation(),
                                "justification",
                                grant
                                        ? "On call for this system from Monday, agreed in the weekly planning"
                                        : "The on-call duty is over"));
        narrator.tell(requester.name() + " (requester) asks " + (grant ? "for " : "to give back ") + name + ", risk "
                + Fields.text(request, "risk"));
        narrator.detail("request", Fields.text(request, "id"));
        return request;
    }

    private void decide(Json.Obj request) {
        String approval = request.string("approvalId");
        for (String role : List.of("approver", "admin", "owner")) {
            Person person = people.as(role);
            Json.Obj read = person.api().get("/approvals/" + approval);
            if (!Fields.text(read, "state").equals("open")) {
                return;
            }
            if (Fields.truth(read, "mayDecide")) {
                approve(person, read);
            }
        }
    }

    private void approve(Person person, Json.Obj approval) {
        Json.Obj plan = approval.object("plan");
        String computed = Sha256.hexOf(plan.canonicalBytes());
        if (!computed.equals(Fields.text(approval, "planHash"))) {
            throw new Unreachable("The server shows a plan and the hash of another one.");
        }
        narrator.tell(person.name() + " (" + person.role() + ") reads the exact plan: "
                + Steps.words(plan.objects("steps").getFirst()));
        narrator.detail("plan hash", computed + ", computed here as well");
        Json.Obj decided = person.api()
                .post(
                        "/approvals/" + approval.string("id") + "/decisions",
                        Json.object(
                                "verdict", "approve",
                                "reason", "Read the plan; it is what was agreed",
                                "planHash", computed));
        narrator.tell(person.name() + " approves; the approval is " + Fields.text(decided, "state"));
        narrator.detail("approval", approval.string("id"));
    }

    private Json.Obj follow(Json.Obj request) {
        Api api = people.as("requester").api();
        String id = Poll.until(
                "the workflow of request " + request.string("id"),
                PATIENCE,
                () -> Optional.of(Fields.text(api.get("/requests/" + request.string("id")), "workflowId"))
                        .filter(found -> !found.isEmpty()));
        narrator.detail("workflow", id);
        Json.Obj ended = new Watch(api, PATIENCE).untilEnd(id, this::tell);
        if (!Fields.text(ended, "state").equals("completed")) {
            throw new Unreachable("The workflow " + id + " ended " + Fields.text(ended, "state") + ": "
                    + Fields.text(ended, "failure.reason"));
        }
        return Poll.until(
                "the evidence of workflow " + id,
                PATIENCE,
                () -> Optional.of(api.get("/workflows/" + id))
                        .filter(workflow ->
                                !Fields.text(workflow, "evidencePackageId").isEmpty()));
    }

    private void tell(Json.Obj entry) {
        String detail = Fields.text(entry, "detail");
        narrator.tell("workflow: " + Fields.text(entry, "title") + (detail.isEmpty() ? "" : ": " + detail));
    }

    private void lookAgain(Json.Obj connector, Json.Obj request) {
        new Systems(people, narrator).observe(people.as("admin").api(), List.of(connector));
        String entitlement = Fields.text(request, "entitlement.id");
        Json.Obj now = people.as("requester").api().get("/entitlements/" + entitlement);
        boolean held = Fields.truth(now, "held");
        boolean wanted = Fields.text(request, "operation").equals("grant");
        String seen = Fields.text(now, "name") + " is " + (held ? "held" : "not held");
        if (held != wanted) {
            throw new Unreachable("Observed again, and " + seen + ": that is not what was approved.");
        }
        narrator.tell("Observed again: " + seen);
    }
}
