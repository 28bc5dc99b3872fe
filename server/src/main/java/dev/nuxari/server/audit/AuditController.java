package dev.nuxari.server.audit;

import dev.nuxari.kernel.ActorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Page;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.api.PageView;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditTrail.Head;
import dev.nuxari.server.audit.AuditTrail.Proven;
import dev.nuxari.server.audit.AuditTrail.Recorded;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.MemberNames;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.transparency.MerkleHash;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
class AuditController {
    private final AuditTrail trail;
    private final AuditSearch search;
    private final OrganizationScope scope;
    private final MemberNames names;

    AuditController(AuditTrail trail, AuditSearch search, OrganizationScope scope, MemberNames names) {
        this.trail = trail;
        this.search = search;
        this.scope = scope;
        this.names = names;
    }

    record ActorView(
            ActorId.Kind type,
            String id,
            @Nullable String displayName,
            @Nullable String role) {}

    record TargetView(String type, String id) {}

    record EventView(
            long sequence,
            String id,
            String at,
            ActorView actor,
            String action,
            Outcome outcome,
            TargetView target,
            @Nullable String approvalRef,
            @Nullable String requestId,
            String leafHash) {}

    record ProvenView(
            long sequence,
            String leafHash,
            Json event,
            long treeSize,
            List<String> inclusionProof,
            String checkpoint) {}

    record HeadView(long treeSize, String root) {}

    // Each query parameter has a name of its own.
    @SuppressWarnings("checkstyle:ParameterNumber")
    @GetMapping("/audit-events")
    PageView<EventView> listAuditEvents(
            OrganizationId organization,
            Caller caller,
            PageRequest page,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String targetType,
            @RequestParam(required = false) @Nullable String targetId,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable Outcome outcome,
            @RequestParam(required = false) @Nullable UUID approvalRef,
            @RequestParam(required = false) @Nullable UUID requestId,
            @RequestParam(required = false) @Nullable UUID following) {
        var filter = new AuditFilter(
                actor, action, targetType, targetId, from, to, outcome, approvalRef, requestId, following);
        Page<Recorded> found = search.list(organization, caller, filter, page);
        Map<MemberId, String> named = scope.reading(organization, caller, () -> names.of(members(found.items())));
        return PageView.of(found, recorded -> view(recorded, named));
    }

    @GetMapping("/audit-events/{sequence}")
    ProvenView showAuditEvent(OrganizationId organization, Caller caller, @PathVariable long sequence) {
        Proven proven = trail.prove(organization, caller, sequence)
                .orElseThrow(() ->
                        new ProblemException(AuditProblem.NO_SUCH_LOG_ENTRY, "The log has no entry " + sequence + "."));
        return new ProvenView(
                sequence,
                proven.recorded().leafHash().hex(),
                proven.recorded().event(),
                proven.proof().treeSize(),
                proven.proof().path().stream().map(MerkleHash::hex).toList(),
                proven.checkpoint().encoded());
    }

    @GetMapping("/audit-head")
    HeadView showAuditHead(OrganizationId organization, Caller caller) {
        Head head = trail.head(organization, caller);
        return new HeadView(head.treeSize(), head.root().hex());
    }

    private static Set<MemberId> members(List<Recorded> found) {
        return found.stream()
                .map(recorded -> recorded.event().object("actor"))
                .filter(actor -> actor.string("type").equals("member"))
                .map(actor -> MemberId.parse(actor.string("id")))
                .collect(Collectors.toSet());
    }

    private static EventView view(Recorded recorded, Map<MemberId, String> named) {
        Json.Obj event = recorded.event();
        Json.Obj actor = event.object("actor");
        Json.Obj target = event.object("target");
        return new EventView(
                recorded.sequence(),
                event.string("id"),
                event.string("at"),
                new ActorView(
                        Spelling.parse(ActorId.Kind.class, actor.string("type")),
                        actor.string("id"),
                        actor.string("type").equals("member") ? named.get(MemberId.parse(actor.string("id"))) : null,
                        actor.optionalString("role").orElse(null)),
                event.string("action"),
                Spelling.parse(Outcome.class, event.string("outcome")),
                new TargetView(target.string("type"), target.string("id")),
                event.optionalString("approvalRef").orElse(null),
                event.optionalString("requestId").orElse(null),
                recorded.leafHash().hex());
    }
}
