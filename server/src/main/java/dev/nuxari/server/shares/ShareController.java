package dev.nuxari.server.shares;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.api.InvalidField;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.api.PageView;
import dev.nuxari.server.api.Person;
import dev.nuxari.server.api.ShownOnce;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditFilter;
import dev.nuxari.server.audit.AuditTrail.Recorded;
import dev.nuxari.server.evidence.EvidenceProblem;
import dev.nuxari.server.shares.Shares.Conditions;
import dev.nuxari.server.shares.Shares.Listed;
import dev.nuxari.server.shares.Shares.Made;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.MemberNames;
import dev.nuxari.server.tenancy.OrganizationScope;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
class ShareController {
    private static final int LONGEST_RECIPIENT = 200;
    private static final int DEFAULT_DAYS = 7;
    private static final int MOST_DAYS = 90;
    private static final int MOST_USES = 1000;

    private final Shares shares;
    private final OrganizationScope scope;
    private final MemberNames names;

    ShareController(Shares shares, OrganizationScope scope, MemberNames names) {
        this.shares = shares;
        this.scope = scope;
        this.names = names;
    }

    /** For whom the link is, how many days it is valid (7 if nothing is said, 90 at most), and how often it may be opened. */
    record NewPackageShare(
            String recipient,
            @Nullable Integer validDays,
            @Nullable Integer mostUses) {
        NewPackageShare {
            recipient = InvalidField.text("recipient", recipient, LONGEST_RECIPIENT);
            mustBeWithin("validDays", validDays, MOST_DAYS);
            mustBeWithin("mostUses", mostUses, MOST_USES);
        }

        Conditions conditions() {
            return new Conditions(recipient, days(validDays), mostUses);
        }
    }

    /** The same for the events that a filter finds; an empty one finds all of them. */
    record NewEventShare(
            String recipient,
            @Nullable Integer validDays,
            @Nullable Integer mostUses,
            AuditFilter filter) {
        NewEventShare {
            recipient = InvalidField.text("recipient", recipient, LONGEST_RECIPIENT);
            mustBeWithin("validDays", validDays, MOST_DAYS);
            mustBeWithin("mostUses", mostUses, MOST_USES);
            filter = InvalidField.required("filter", filter);
        }

        Conditions conditions() {
            return new Conditions(recipient, days(validDays), mostUses);
        }
    }

    /** Nothing can be said about it yet. */
    record NewRevocation() {}

    /** Why a link opens nothing, if it does not. */
    enum ShareState {
        ACTIVE,
        EXPIRED,
        REVOKED,
        USED_UP,
        CREATOR_NOT_PERMITTED
    }

    record ShareView(
            UUID id,
            ShareState state,
            String recipient,
            @Nullable UUID packageId,
            @Nullable Json filter,
            Person createdBy,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Integer mostUses,
            int uses,
            @Nullable Person revokedBy,
            @Nullable Instant revokedAt) {}

    /** The token is shown here and never again. */
    record CreatedShareView(ShareView share, String token) {}

    /** Something that was done to the link or with it. */
    record TrailView(
            long sequence,
            String at,
            String action,
            Outcome outcome,
            boolean byTheHolder,
            @Nullable String network,
            @Nullable String userAgent) {
        static TrailView of(Recorded recorded) {
            Json.Obj event = recorded.event();
            Json.Obj actor = event.object("actor");
            return new TrailView(
                    recorded.sequence(),
                    event.string("at"),
                    event.string("action"),
                    Spelling.parse(Outcome.class, event.string("outcome")),
                    actor.string("type").equals("share"),
                    actor.optionalString("ip").orElse(null),
                    event.optionalObject("metadata")
                            .flatMap(metadata -> metadata.optionalString("userAgent"))
                            .orElse(null));
        }
    }

    record ShareDetailView(ShareView share, List<TrailView> trail) {}

    @PostMapping("/evidence-packages/{id}/shares")
    @ResponseStatus(HttpStatus.CREATED)
    CreatedShareView shareEvidencePackage(
            OrganizationId organization,
            Caller caller,
            @PathVariable UUID id,
            @RequestBody NewPackageShare wanted,
            HttpServletRequest request) {
        Made made = shares.share(organization, caller, id, wanted.conditions())
                .orElseThrow(() -> new ProblemException(
                        EvidenceProblem.NO_SUCH_EVIDENCE_PACKAGE, "There is no evidence package " + id + "."));
        return created(organization, caller, made, request);
    }

    @PostMapping("/audit-events/shares")
    @ResponseStatus(HttpStatus.CREATED)
    CreatedShareView shareAuditEvents(
            OrganizationId organization, Caller caller, @RequestBody NewEventShare wanted, HttpServletRequest request) {
        Made made = shares.share(organization, caller, wanted.filter(), wanted.conditions());
        return created(organization, caller, made, request);
    }

    @GetMapping("/shares")
    PageView<ShareView> listShares(OrganizationId organization, Caller caller, PageRequest page) {
        var found = shares.list(organization, caller, page);
        Map<MemberId, String> named = named(organization, caller, found.items());
        return PageView.of(found, one -> view(one, named));
    }

    @GetMapping("/shares/{id}")
    ShareDetailView showShare(OrganizationId organization, Caller caller, @PathVariable UUID id) {
        Listed found = shares.find(organization, caller, id).orElseThrow(() -> unknown(id));
        return new ShareDetailView(
                view(organization, caller, found),
                shares.trail(organization, caller, id).stream()
                        .map(TrailView::of)
                        .toList());
    }

    @PostMapping("/shares/{id}/revocations")
    @ResponseStatus(HttpStatus.CREATED)
    ShareView revokeShare(
            OrganizationId organization,
            Caller caller,
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable NewRevocation nothing) {
        return view(
                organization, caller, shares.revoke(organization, caller, id).orElseThrow(() -> unknown(id)));
    }

    private CreatedShareView created(
            OrganizationId organization, Caller caller, Made made, HttpServletRequest request) {
        ShownOnce.mark(request, made.token().text());
        return new CreatedShareView(
                view(organization, caller, made.listed()), made.token().text());
    }

    private ShareView view(OrganizationId organization, Caller caller, Listed one) {
        return view(one, named(organization, caller, List.of(one)));
    }

    private Map<MemberId, String> named(OrganizationId organization, Caller caller, List<Listed> found) {
        Set<MemberId> people = found.stream()
                .flatMap(one -> Stream.concat(Stream.of(one.createdBy()), one.revokedBy().stream()))
                .collect(Collectors.toSet());
        return scope.reading(organization, caller, () -> names.of(people));
    }

    private ShareView view(Listed one, Map<MemberId, String> named) {
        Share share = one.share();
        return new ShareView(
                share.id(),
                state(one),
                share.recipient(),
                packageOf(share),
                filterOf(share),
                Person.of(one.createdBy(), named),
                share.createdAt(),
                share.expiresAt(),
                share.mostUses(),
                share.uses(),
                one.revokedBy().map(member -> Person.of(member, named)).orElse(null),
                share.revokedAt());
    }

    private ShareState state(Listed one) {
        return switch (one.share().stateAt(shares.now())) {
            case ACTIVE -> one.creatorPermitted() ? ShareState.ACTIVE : ShareState.CREATOR_NOT_PERMITTED;
            case EXPIRED -> ShareState.EXPIRED;
            case REVOKED -> ShareState.REVOKED;
            case USED_UP -> one.creatorPermitted() ? ShareState.USED_UP : ShareState.CREATOR_NOT_PERMITTED;
        };
    }

    static @Nullable UUID packageOf(Share share) {
        return share.shared() instanceof Shared.Evidence(UUID id) ? id : null;
    }

    static @Nullable Json filterOf(Share share) {
        return share.shared() instanceof Shared.Events(AuditFilter filter) ? filter.json() : null;
    }

    private static Duration days(@Nullable Integer given) {
        return Duration.ofDays(given == null ? DEFAULT_DAYS : given);
    }

    private static void mustBeWithin(String name, @Nullable Integer given, int most) {
        if (given != null && (given < 1 || given > most)) {
            throw new InvalidField(name, "is a number from 1 to " + most);
        }
    }

    private static ProblemException unknown(UUID id) {
        return new ProblemException(ShareProblem.NO_SUCH_SHARE, "There is no link " + id + ".");
    }
}
