package dev.nuxari.server.invites;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.api.InvalidField;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.api.PageView;
import dev.nuxari.server.api.Person;
import dev.nuxari.server.identity.EmailAddress;
import dev.nuxari.server.invites.Invite.Delivery;
import dev.nuxari.server.invites.Invite.DeliveryFailure;
import dev.nuxari.server.invites.Invite.DeliveryState;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.MemberNames;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
@RequestMapping("/api/v1/organizations/{organizationId}/invites")
class InviteController {
    private static final String EMAIL = "email";
    private static final int LONGEST_EMAIL = 254;

    private final Invites invites;
    private final OrganizationScope scope;
    private final MemberNames names;

    InviteController(Invites invites, OrganizationScope scope, MemberNames names) {
        this.invites = invites;
        this.scope = scope;
        this.names = names;
    }

    record NewInvite(String email, Role role) {
        NewInvite {
            email = read(InvalidField.text(EMAIL, email, LONGEST_EMAIL)).canonical();
            role = InvalidField.required("role", role);
        }

        Invites.Wish wish() {
            return new Invites.Wish(read(email), role);
        }

        private static EmailAddress read(String text) {
            return EmailAddress.parse(text)
                    .orElseThrow(() -> new InvalidField(
                            EMAIL, "is no plain address such as ann@acme.example; letters before the @ are ASCII"));
        }
    }

    /** Nothing can be said about it yet. */
    record NewMailing() {}

    /** Nothing can be said about it yet. */
    record NewInviteRevocation() {}

    /** Where the mail is: waiting to be sent, taken by the mail server, or not taken yet and why. */
    record DeliveryView(
            DeliveryState state,
            Instant queuedAt,
            int attempts,
            @Nullable Instant triedAt,
            @Nullable DeliveryFailure failure) {
        static DeliveryView of(Delivery delivery) {
            return new DeliveryView(
                    delivery.state(), delivery.queuedAt(), delivery.attempts(), delivery.triedAt(), delivery.failure());
        }
    }

    record InviteView(
            InviteId id,
            String email,
            Role role,
            Invite.State state,
            Person invitedBy,
            Instant invitedAt,
            Instant expiresAt,
            DeliveryView delivery,
            @Nullable Instant settledAt) {}

    @GetMapping
    PageView<InviteView> listInvites(OrganizationId organization, Caller caller, PageRequest page) {
        var found = invites.list(organization, caller, page);
        Map<MemberId, String> named = named(organization, caller, found.items());
        return PageView.of(found, one -> view(one, named));
    }

    @GetMapping("/{id}")
    InviteView showInvite(OrganizationId organization, Caller caller, @PathVariable InviteId id) {
        return invites.find(organization, caller, id)
                .map(one -> view(organization, caller, one))
                .orElseThrow(() -> problem(InviteProblem.NO_SUCH_INVITE));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    InviteView inviteMember(OrganizationId organization, Caller caller, @RequestBody NewInvite wanted) {
        return answer(organization, caller, invites.invite(organization, caller, wanted.wish()));
    }

    @PostMapping("/{id}/mailings")
    @ResponseStatus(HttpStatus.CREATED)
    InviteView resendInvite(
            OrganizationId organization,
            Caller caller,
            @PathVariable InviteId id,
            @RequestBody(required = false) @Nullable NewMailing nothing) {
        return answer(organization, caller, invites.resend(organization, caller, id));
    }

    @PostMapping("/{id}/revocations")
    @ResponseStatus(HttpStatus.CREATED)
    InviteView revokeInvite(
            OrganizationId organization,
            Caller caller,
            @PathVariable InviteId id,
            @RequestBody(required = false) @Nullable NewInviteRevocation nothing) {
        return answer(organization, caller, invites.revoke(organization, caller, id));
    }

    private InviteView answer(OrganizationId organization, Caller caller, InviteRuling ruling) {
        return switch (ruling) {
            case InviteRuling.Accepted(Invite invite) -> view(organization, caller, invite);
            case InviteRuling.Refused(InviteProblem why) -> throw problem(why);
        };
    }

    private Map<MemberId, String> named(OrganizationId organization, Caller caller, List<Invite> found) {
        var people = found.stream().map(Invite::invitedBy).collect(Collectors.toSet());
        return scope.reading(organization, caller, () -> names.of(people));
    }

    private InviteView view(OrganizationId organization, Caller caller, Invite one) {
        return view(one, named(organization, caller, List.of(one)));
    }

    private InviteView view(Invite one, Map<MemberId, String> named) {
        return new InviteView(
                one.id(),
                one.email().canonical(),
                one.role(),
                one.stateAt(invites.now()),
                Person.of(one.invitedBy(), named),
                one.invitedAt(),
                one.expiresAt(),
                DeliveryView.of(one.delivery()),
                one.settledAt());
    }

    private static ProblemException problem(InviteProblem why) {
        return new ProblemException(why, why.advice());
    }
}
