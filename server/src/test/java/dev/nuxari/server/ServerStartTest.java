package dev.nuxari.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Role;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestOrganization;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The whole server starts on the real database, and knows the members of a fresh organization. */
@ServerTest
class ServerStartTest {
    @Autowired
    Doorkeeper doorkeeper;

    private TestOrganization organization = TestOrganization.fresh();

    @BeforeEach
    void givenOrganization() {
        organization = TestOrganization.fresh();
    }

    @Test
    void everyRoleOfAFreshOrganizationIsAdmitted() {
        for (Role role : Role.values()) {
            Caller caller = organization.caller(doorkeeper, role);

            assertThat(caller.role()).contains(role);
            assertThat(caller.memberId()).isEqualTo(organization.member(role).id());
        }
    }
}
