package dev.nuxari.server.isolation;

import static java.util.Map.entry;

import dev.nuxari.server.api.ServedRoutes.Served;
import dev.nuxari.server.testing.TestPolicy;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The cases by route. A route that only reads, and takes no ids but typed ones that {@link Population} knows, needs none. Any
 * other that is missing here fails the build.
 */
final class Cases {
    private static final String ORGANIZATION = "/api/v1/organizations/{organizationId}";

    private static final Case EVIDENCE_PACKAGE =
            Case.reading((side, _) -> Target.path(side.known("evidence-packages")));

    private static final Map<String, Case> BY_ROUTE = Map.ofEntries(
            entry(
                    "GET /log/{organizationId}/archive/{size}",
                    Case.reading((side, _) -> Target.path(side.lastCheckpoint()))
                            .alsoForgetting("audit_checkpoint")),
            entry(
                    "GET /log/{organizationId}/proof",
                    Case.reading((_, _) -> Target.path().query("?leaf=0"))),
            entry(
                    "GET /log/{organizationId}/tile/{*tile}",
                    Case.reading((_, _) -> Target.path().below("entries/000.p/2"))
                            .onlyReading()
                            .alsoForgetting("audit_event")),
            below(
                    "GET",
                    "/audit-events",
                    Case.reading((side, _) -> {
                                // Its newest entries are then on the first page of both logs together.
                                side.lastSequence();
                                return Target.path();
                            })
                            .alsoForgetting("audit_event")),
            below(
                    "GET",
                    "/audit-events/export",
                    // An export is on record, so that the next one of everything is another.
                    Case.reading((_, _) -> Target.path().query("?action=request.submit"))
                            .alsoForgetting("audit_event")),
            below(
                    "GET",
                    "/audit-events/{sequence}",
                    // The proof is made in one's own tree, so what is found in another is not shown; only that it is
                    // there.
                    Case.reading((side, _) -> Target.path(side.lastSequence()))
                            .onlyGuessing()
                            .alsoForgetting("audit_event")),
            below("GET", "/evidence-packages/{id}", EVIDENCE_PACKAGE),
            below("GET", "/evidence-packages/{id}/export", EVIDENCE_PACKAGE),
            below(
                    "POST",
                    "/evidence-packages/{id}/shares",
                    Case.linking((side, _) ->
                                    Target.path(side.known("evidence-packages")).body("{'recipient': 'Ernst'}"))
                            .butInForeignPath("a link has a maker who is a member there", Verb.GUESS)),
            below("POST", "/audit-events/shares", eventShares()),
            below("GET", "/shares/{id}", Case.reading((side, _) -> Target.path(side.known("shares")))),
            below("POST", "/shares/{id}/revocations", Case.writing((side, _) -> {
                side.unrevoked();
                return Target.path(side.known("shares")).body("{}");
            })),
            below(
                    "GET",
                    "/evidence-collections",
                    // Of the same period, whatever was asked meanwhile.
                    Case.reading((side, _) -> Target.path().query(Target.query(side.firstPeriod())))
                            .comparing(Population::firstPeriod)
                            .alsoForgetting("audit_event")),
            below("POST", "/connectors", Case.writing((side, _) -> {
                String name = UUID.randomUUID().toString();
                return Target.path().body(side.registration(name)).word(name);
            })),
            below("POST", "/connectors/{id}/observations", Case.linking((side, _) -> {
                side.rest();
                return Target.path(side.idleConnector()).body("{}");
            })),
            below("POST", "/connectors/{id}/baselines", baselines()),
            below(
                    "PATCH",
                    "/entitlements/{id}",
                    Case.writing((side, _) -> Target.path(side.known("EntitlementId"))
                            .body("{'description': 'changed on " + UUID.randomUUID() + "'}")
                            .header(
                                    "If-Match",
                                    side.versioned("/entitlements/" + side.known("EntitlementId"))
                                            .eTag()))),
            below(
                    "PATCH",
                    "/members/{memberId}",
                    Case.writing((side, _) -> {
                                Population.Versioned member = side.versioned("/members/" + side.known("readonly"));
                                return Target.path(side.known("readonly"))
                                        .body("{'role': '" + member.otherThan("role", "auditor", "readonly") + "'}")
                                        .header("If-Match", member.eTag());
                            })
                            .butInForeignPath("the caller is judged by a membership there, and has none", Verb.GUESS)),
            below("GET", "/members/{memberId}/sessions", Case.reading((side, _) -> {
                side.signedInAgain();
                return Target.path(side.known("MemberId"));
            })),
            below("DELETE", "/members/{memberId}/sessions/{sessionId}", Case.writing((side, _) -> {
                side.signedInAgain();
                return Target.path(side.known("MemberId"), side.known("SessionId"));
            })),
            below("POST", "/members/{memberId}/sign-outs", Case.writing((side, _) -> {
                side.signedInAgain();
                return Target.path(side.known("MemberId")).body("{}");
            })),
            below(
                    "GET",
                    "/members/{memberId}/lock",
                    Case.reading((side, _) -> Target.path(side.known("MemberId")))
                            .onlyGuessing()
                            .butInForeignPath("it is answered with yes or no", Verb.GUESS)),
            below("POST", "/members/{memberId}/unlocks", Case.linking((side, _) -> {
                side.unlockedLongAgo();
                return Target.path(side.known("MemberId")).body("{}");
            })),
            below(
                    "PUT",
                    "/identity-policy",
                    Case.writing((side, _) -> Target.path()
                            .body(TestPolicy.with("{'emailDomainAllowlist': ['" + side.domain() + "', 'd"
                                    + UUID.randomUUID() + ".example']}"))
                            .header(
                                    "If-Match",
                                    side.versioned("/identity-policy").eTag()))),
            below("POST", "/directories", Case.writing((_, _) -> {
                String name = UUID.randomUUID().toString();
                return Target.path()
                        .body("{'name': '" + name + "', 'defaultRole': 'readonly', 'ceiling': 'readonly'}")
                        .word(name);
            })),
            below(
                    "PUT",
                    "/directories/{id}",
                    Case.writing((side, _) -> Target.path(side.known("DirectoryId"))
                            .body("{'name': 'changed " + UUID.randomUUID()
                                    + "', 'defaultRole': 'readonly', 'ceiling': 'readonly'}")
                            .header(
                                    "If-Match",
                                    side.versioned("/directories/" + side.known("DirectoryId"))
                                            .eTag()))),
            below(
                    "POST",
                    "/directories/{id}/tokens",
                    Case.writing((side, _) ->
                                    Target.path(side.known("DirectoryId")).body("{}"))
                            .butInForeignPath("a token has a maker who is a member there", Verb.GUESS)),
            below(
                    "POST",
                    "/directories/{id}/tokens/{tokenId}/revocations",
                    Case.writing((side, _) -> Target.path(side.known("DirectoryId"), side.freshDirectoryToken())
                            .body("{}"))),
            below("GET", "/agents/{id}", Case.reading((side, _) -> Target.path(side.known("AgentId")))),
            below("POST", "/agents", Case.writing((_, _) -> {
                String name = UUID.randomUUID().toString();
                return Target.path().body("{'name': '" + name + "'}").word(name);
            })),
            below(
                    "POST",
                    "/agents/{id}/enrolment-tokens",
                    Case.linking((side, _) -> Target.path(side.freshAgent()).body("{}"))
                            .butInForeignPath("a token has a maker who is a member there", Verb.GUESS)),
            below("POST", "/agents/{id}/enrolment-tokens/{tokenId}/revocations", Case.writing((side, _) -> {
                String agent = side.freshAgent();
                return Target.path(agent, side.freshEnrolmentToken()).body("{}");
            })),
            below(
                    "POST",
                    "/agents/{id}/revocations",
                    Case.writing((side, _) -> Target.path(side.freshAgent()).body("{}"))
                            .butInForeignPath(
                                    "whoever ends one is a member there, and the caller is none", Verb.GUESS)),
            below(
                    "POST",
                    "/agents/{id}/actions",
                    Case.linking((side, _) -> Target.path(side.known("AgentId"))
                                    .body("{'type': 'file-mode.set', 'parameters': {'path': '/srv/x', 'mode': 420},"
                                            + " 'justification': 'x'}"))
                            .butInForeignPath("whoever asks is a member there, and the caller is none", Verb.GUESS)),
            below("POST", "/domains", Case.writing((_, _) -> {
                String label = UUID.randomUUID().toString();
                return Target.path()
                        .body("{'domain': 'd" + label + ".example'}")
                        .word(label);
            })),
            below(
                    "POST",
                    "/domains/{id}/checks",
                    Case.writing((side, _) -> Target.path(side.freshDomain()).body("{}"))),
            below(
                    "POST",
                    "/domains/{id}/removals",
                    Case.writing((side, _) -> Target.path(side.freshDomain()).body("{}"))),
            below("GET", "/invites/{id}", Case.reading((side, _) -> Target.path(side.known("InviteId")))),
            below(
                    "POST",
                    "/invites",
                    Case.writing((side, _) -> {
                                String name = "p" + UUID.randomUUID();
                                return Target.path()
                                        .body("{'email': '" + name + "@" + side.domain() + "', 'role': 'requester'}")
                                        .word(name);
                            })
                            .butInForeignPath("whoever invites is a member there, and the caller is none", Verb.GUESS)),
            below(
                    "POST",
                    "/invites/{id}/mailings",
                    Case.writing((side, _) -> Target.path(side.freshInvite()).body("{}"))
                            // Its address is of no domain that the other organization enrols from.
                            .onlyGuessing()
                            .butInForeignPath("whoever invites is a member there, and the caller is none", Verb.GUESS)),
            below(
                    "POST",
                    "/invites/{id}/revocations",
                    Case.writing((side, _) -> Target.path(side.freshInvite()).body("{}"))
                            .butInForeignPath("whoever revokes is a member there, and the caller is none", Verb.GUESS)),
            below("POST", "/identity-providers", Case.writing((side, _) -> {
                side.roomForProviders();
                String label = UUID.randomUUID().toString();
                return Target.path()
                        .body(Population.provider(Population.ADDED + label))
                        .word(label);
            })),
            below("GET", "/identity-providers/{id}", Case.reading((side, _) -> Target.path(side.known("ProviderId")))),
            below("PUT", "/identity-providers/{id}", Case.writing((side, _) -> {
                String id = side.freshProvider();
                return Target.path(id)
                        .body(Population.provider("p" + UUID.randomUUID()))
                        .header(
                                "If-Match",
                                side.versioned("/identity-providers/" + id).eTag());
            })),
            below(
                    "POST",
                    "/identity-providers/{id}/checks",
                    // A look at it changes nothing of it.
                    Case.writing((side, _) -> Target.path(side.freshProvider()).body("{}"))
                            .onlyGuessing()),
            below(
                    "POST",
                    "/identity-providers/{id}/removals",
                    Case.writing((side, _) -> Target.path(side.freshProvider()).body("{}"))),
            below(
                    "POST",
                    "/identity-policy/preview",
                    Case.reading((side, _) -> Target.path().body(TestPolicy.with("{'mfaRequired': 'everybody'}")))
                            .butInForeignPath("nothing is changed, it is only said what would be", Verb.READ)),
            below(
                    "POST",
                    "/log-key-rotations",
                    Case.writing((side, _) -> Target.path()
                                    .body("{'manifestVersion': " + side.keyVersion()
                                            + ", 'justification': 'once a year'}"))
                            .butInForeignPath("the log key is sealed with a key of its organization")),
            below("POST", "/requests", requests()),
            below("POST", "/requests/{id}/cancellations", Case.writing((side, by) -> {
                Population.Open open = side.openRequest();
                side.handTo(by, open);
                return Target.path(open.request()).body("{}");
            })),
            below("POST", "/approvals/{id}/decisions", Case.writing((side, _) -> {
                Population.Open open = side.openRequest();
                return Target.path(open.approval())
                        .body("{'verdict': 'approve', 'reason': 'seen', 'planHash': '" + open.planHash() + "'}");
            })),
            below("POST", "/workflows/{id}/retries", Case.writing((side, _) -> {
                Population.Open open = side.openRequest();
                side.approve(open);
                side.fail(open);
                return Target.path(open.workflow()).body("{}");
            })),
            below(
                    "POST",
                    "/workflows/{id}/cancellations",
                    Case.writing((side, _) ->
                            Target.path(side.openRequest().workflow()).body("{}"))));

    private Cases() {}

    /** Empty if somebody has to write one. */
    static Optional<Case> of(Served route, RouteShape shape, Population population) {
        Optional<Case> written = Optional.ofNullable(BY_ROUTE.get(route.toString()));
        boolean reads = route.method().equals("GET") && shape.bodyIds().isEmpty();
        boolean typed = shape.pathTypes().stream()
                .allMatch(type -> population.idOf(type).isPresent());
        return written.isEmpty() && reads && typed
                ? Optional.of(Case.reading((side, _) ->
                        Target.path(shape.pathTypes().stream().map(side::known).toArray(String[]::new))))
                : written;
    }

    private static Map.Entry<String, Case> below(String method, String path, Case known) {
        return entry(method + " " + ORGANIZATION + path, known);
    }

    private static Case baselines() {
        String body = "{'observationId': '%s', 'justification': 'as it should be'}";
        var bar = new Case.Bar(
                "an observation has to be one of the connector in the path",
                (own, _) -> Target.path().below(own.idleConnector()).body(body, own.known("ObservationId")));
        return Case.linking((side, _) -> {
                    side.rest();
                    return Target.path(side.idleConnector()).body(body, side.idleObservation());
                })
                .barred(
                        "its observation for one's own connector",
                        (own, other) -> Target.path().below(own.idleConnector()).body(body, other.idleObservation()),
                        bar);
    }

    /** What a filter names is not looked for when the link is made, so there is nothing to guess. */
    private static Case eventShares() {
        return Case.writing((_, _) -> Target.path().body("{'recipient': 'Ernst', 'filter': {}}"))
                .butInForeignPath("a link has a maker who is a member there")
                .with(
                        "ids in the filter; what foreign ones find is shown in SharesHttpTest",
                        (own, _) -> Target.path()
                                .body(
                                        "{'recipient': 'Ernst', 'filter': {'approvalRef': '%s', 'requestId': '%s', 'following': '%s'}}"
                                                .formatted(
                                                        own.known("approvalRef"),
                                                        own.known("requestId"),
                                                        own.known("following"))));
    }

    private static Case requests() {
        String entitlement = "{'entitlementId': '%s', 'justification': 'on the team now'}";
        String both = "{'entitlementId': '%s', 'accountId': '%s', 'justification': 'on the team now'}";
        String disabling = "{'operation': 'disable', 'accountId': '%s', 'justification': 'has left'}";
        return Case.writing((side, _) -> Target.path().body(both, side.known("readers"), side.known("AccountId")))
                .with(
                        "its entitlement for its account",
                        (_, other) -> Target.path().body(both, other.known("readers"), other.known("AccountId")),
                        Verb.LINK,
                        Verb.READ,
                        Verb.GUESS)
                .with(
                        "its entitlement for one's own account",
                        (_, other) -> Target.path().body(entitlement, other.known("readers")),
                        Verb.GUESS)
                .with(
                        "one's own entitlement for its account",
                        (own, other) -> Target.path()
                                .body(both.replaceFirst("%s", own.known("readers")), other.known("AccountId")),
                        Verb.GUESS)
                .with(
                        "its account, to be disabled",
                        (_, other) -> Target.path().body(disabling, other.known("AccountId")),
                        Verb.LINK,
                        Verb.READ,
                        Verb.GUESS);
    }
}
