package dev.nuxari.server.identity;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.api.PageView;
import dev.nuxari.server.tenancy.Caller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
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

    record MemberView(MemberId memberId, String displayName, String email, Role role, Member.State state) {
        static MemberView of(Member member) {
            return new MemberView(member.id(), member.displayName(), member.email(), member.role(), member.state());
        }
    }

    @GetMapping
    OrganizationView showOrganization(@PathVariable OrganizationId organizationId, Caller caller) {
        return OrganizationView.of(members.organization(organizationId, caller));
    }

    @GetMapping("/members")
    PageView<MemberView> listMembers(@PathVariable OrganizationId organizationId, Caller caller, PageRequest page) {
        return PageView.of(members.list(organizationId, caller, page), MemberView::of);
    }
}
