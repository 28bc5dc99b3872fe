package dev.nuxari.server.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestMember;
import dev.nuxari.server.testing.TestOrganization;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Names and addresses of members are found in one's own organization only. */
@ServerTest
@Claim("T1")
class MembersModuleTest {
    @Autowired
    MemberNames names;

    @Autowired
    MemberAddresses addresses;

    @Autowired
    OrganizationScope scope;

    @Autowired
    Doorkeeper doorkeeper;

    private TestOrganization own = TestOrganization.fresh();
    private TestMember foreign = TestOrganization.fresh().member(Role.OWNER);

    @BeforeEach
    void twoOrganizations() {
        own = TestOrganization.fresh();
        foreign = TestOrganization.fresh().member(Role.OWNER);
    }

    @Test
    void namesAreFoundById() {
        MemberId auditor = own.member(Role.AUDITOR).id();
        Caller caller = own.caller(doorkeeper, Role.OWNER);

        Map<MemberId, String> found = scope.reading(
                own.id(),
                caller,
                () -> names.of(Set.of(auditor, caller.memberId(), foreign.id(), new MemberId(UUID.randomUUID()))));

        assertThat(found).containsOnlyKeys(auditor, caller.memberId());
        assertThat(found).containsEntry(caller.memberId(), caller.displayName());
    }

    @Test
    void noNamesAreAskedForWithoutAQuestion() {
        assertThat(names.of(Set.of())).isEmpty();
    }

    @Test
    void membersAreFoundByTheirAddressesInAnyCase() {
        TestMember auditor = own.member(Role.AUDITOR);
        String shouted = auditor.email().toUpperCase(Locale.ROOT);

        Map<String, MemberId> found = scope.reading(
                own.id(),
                own.caller(doorkeeper, Role.OWNER),
                () -> addresses.of(List.of(shouted, auditor.email(), foreign.email(), "nobody@acme.example")));

        assertThat(found).isEqualTo(Map.of(auditor.email().toLowerCase(Locale.ROOT), auditor.id()));
    }
}
