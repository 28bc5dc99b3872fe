package dev.nuxari.server.identity;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.api.InvalidField;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.api.PageView;
import dev.nuxari.server.api.Version;
import dev.nuxari.server.tenancy.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
class MemberController {
    private final Members members;

    MemberController(Members members) {
        this.members = members;
    }

    record OrganizationView(OrganizationId id, String slug, String name) {
        static OrganizationView of(Organization organization) {
            return new OrganizationView(organization.id(), organization.slug(), organization.name());
        }
    }

    record MemberView(MemberId memberId, String displayName, String email, Role role, Member.State state, int version) {
        static MemberView of(Member member) {
            return new MemberView(
                    member.id(), member.displayName(), member.email(), member.role(), member.state(), member.version());
        }
    }

    record MemberPatch(@Nullable Role role, Member.@Nullable State state) {
        MemberPatch {
            if (role == null && state == null) {
                throw new InvalidField("role", "or state has to be there");
            }
            if (state == Member.State.INVITED || state == Member.State.DEPROVISIONED) {
                throw new InvalidField("state", "is active or suspended");
            }
        }
    }

    @GetMapping
    OrganizationView showOrganization(@PathVariable OrganizationId organizationId, Caller caller) {
        return OrganizationView.of(members.organization(organizationId, caller));
    }

    // Each query parameter has a name and a default of its own.
    @SuppressWarnings("checkstyle:ParameterNumber")
    @GetMapping("/members")
    PageView<MemberView> listMembers(
            @PathVariable OrganizationId organizationId,
            @RequestParam(required = false) @Nullable String query,
            @RequestParam(required = false) @Nullable Role role,
            @RequestParam(required = false) Member.@Nullable State state,
            Caller caller,
            PageRequest page) {
        var filter = new MemberFilter(query, role, state);
        return PageView.of(members.list(organizationId, caller, filter, page), MemberView::of);
    }

    @GetMapping("/members/{memberId}")
    ResponseEntity<MemberView> showMember(
            @PathVariable OrganizationId organizationId, @PathVariable MemberId memberId, Caller caller) {
        return members.find(organizationId, caller, memberId)
                .map(MemberController::answer)
                .orElseThrow(() -> problem(MemberRefusal.NO_SUCH_MEMBER));
    }

    @PatchMapping("/members/{memberId}")
    ResponseEntity<MemberView> changeMember(
            @PathVariable OrganizationId organizationId,
            @PathVariable MemberId memberId,
            Version version,
            @RequestBody MemberPatch patch,
            Caller caller) {
        var change = new MemberChange(version.value(), patch.role(), patch.state());
        return switch (members.change(organizationId, caller, memberId, change)) {
            case MemberRuling.Accepted(Member member) -> answer(member);
            case MemberRuling.Stale(int current) -> throw version.stale(current);
            case MemberRuling.Refused(MemberRefusal refusal) -> throw problem(refusal);
        };
    }

    private static ResponseEntity<MemberView> answer(Member member) {
        return ResponseEntity.ok().eTag(new Version(member.version()).eTag()).body(MemberView.of(member));
    }

    private static ProblemException problem(MemberRefusal refusal) {
        return new ProblemException(refusal, refusal.advice());
    }
}
