package dev.nuxari.server.identity;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestDatabase;
import dev.nuxari.server.testing.TestMember;
import dev.nuxari.server.testing.TestOrganization;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whatever door somebody comes by, their address is of a domain that the organization enrols from. */
@ServerTest
@Claim("T3")
class EnrolmentTest {
    private static final String NO_DOMAIN = "in no domain that the organization enrols from";

    @Autowired
    IdentityPolicies policies;

    @Autowired
    OrganizationScope scope;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    JdbcClient server;

    private TestOrganization organization = TestOrganization.fresh();

    @BeforeEach
    void givenAnAllowlist() {
        organization = TestOrganization.fresh();
        allow("acme.example", "xn--bcher-kva.example");
    }

    static List<String> inside() {
        return EmailDomainsTest.INSIDE;
    }

    @ParameterizedTest
    @MethodSource("inside")
    void addressOfTheDomainIsEnrolled(String address) {
        assertThatCode(() -> provision(address)).doesNotThrowAnyException();
    }

    static List<String> outside() {
        return EmailDomainsTest.OUTSIDE;
    }

    @ParameterizedTest
    @MethodSource("outside")
    void nobodyElseIsEnrolled(String address) {
        assertThatThrownBy(() -> provision(address)).hasStackTraceContaining(NO_DOMAIN);
    }

    /** What a person types is made canonical before it is stored; raw it is in doubt. */
    @Test
    void internationalAddressIsEnrolledInItsAsciiForm() {
        String typed = "ann@b\u00fccher.example";

        assertThatThrownBy(() -> provision(typed)).hasStackTraceContaining(NO_DOMAIN);
        assertThatCode(() -> provision(EmailAddress.parse(typed).orElseThrow().canonical()))
                .doesNotThrowAnyException();
    }

    @Test
    void emptyListEnrolsEverybody() {
        allow();

        assertThatCode(() -> provision("anybody@anywhere.example")).doesNotThrowAnyException();
    }

    @Test
    void listOfAnotherOrganizationIsNotThisOnes() {
        TestOrganization other = TestOrganization.fresh();

        assertThatCode(() -> other.enrol("anybody", Role.REQUESTER)).doesNotThrowAnyException();
        assertThatThrownBy(() -> organization.enrol("anybody", Role.REQUESTER)).hasStackTraceContaining(NO_DOMAIN);
    }

    @Test
    void whoIsAMemberAlreadyStaysOneAndMayBeProvisionedAgain() {
        TestMember requester = organization.member(Role.REQUESTER);

        assertThatCode(() -> organization.enrol(requester, Role.REQUESTER)).doesNotThrowAnyException();
        assertThat(organization.caller(doorkeeper, Role.REQUESTER).memberId()).isEqualTo(requester.id());
    }

    @Test
    void addressChangesOnlyIntoTheDomain() {
        String ann = provision("ann@acme.example");

        assertThatThrownBy(() -> provision(ann, "ann@evil.example")).hasStackTraceContaining(NO_DOMAIN);
        assertThatCode(() -> provision(ann, "ann.example@acme.example")).doesNotThrowAnyException();
    }

    /** Not even those whom no privilege and no policy binds. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE member SET email = 'ann@evil.example' WHERE subject = ?",
                "UPDATE member SET email = 'ANN@sub.acme.example' WHERE subject = ?"
            })
    void addressIsJudgedWhoeverChangesIt(String statement) {
        String ann = provision("ann@acme.example");

        assertThatThrownBy(() -> beyondTheWalls().sql(statement).param(ann).update())
                .hasStackTraceContaining(NO_DOMAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"invited", "deprovisioned"})
    void whoComesInLaterIsJudgedThen(String before) {
        TestMember requester = organization.member(Role.REQUESTER);
        become(requester, before);

        assertThatThrownBy(() -> become(requester, "active")).hasStackTraceContaining(NO_DOMAIN);
    }

    @Test
    void whoWasSuspendedComesBack() {
        TestMember requester = organization.member(Role.REQUESTER);

        become(requester, "suspended");

        assertThatCode(() -> become(requester, "active")).doesNotThrowAnyException();
    }

    @Test
    void listIsChangedByThoseWhoMayEvenByHand() {
        for (Role role : List.of(Role.APPROVER, Role.REQUESTER, Role.AUDITOR, Role.READONLY)) {
            assertThatThrownBy(() -> emptyList(organization.caller(doorkeeper, role)))
                    .hasStackTraceContaining("may not change the identity policy");
        }
        Caller system = doorkeeper.admitSystem(organization.id(), "session");
        assertThatThrownBy(() -> emptyList(system)).hasStackTraceContaining("may not change the identity policy");
        assertThatCode(() -> emptyList(organization.caller(doorkeeper, Role.ADMIN)))
                .doesNotThrowAnyException();
    }

    @Test
    void listHoldsDomainsOnly() {
        assertThatThrownBy(() -> list(organization.caller(doorkeeper, Role.OWNER), "{*.example}"))
                .hasStackTraceContaining("identity_policy_email_domain_allowlist_check");
        assertThatThrownBy(() -> list(organization.caller(doorkeeper, Role.OWNER), "{NULL}"))
                .hasStackTraceContaining("identity_policy_email_domain_allowlist_check");
    }

    private static void become(TestMember member, String state) {
        beyondTheWalls()
                .sql("UPDATE member SET state = ? WHERE member_id = ?")
                .params(state, member.id().value())
                .update();
    }

    /** Servers keep what they have read of a version; whoever writes by hand cannot make them keep what is over. */
    @Test
    @Claim({"I2", "I6"})
    void noVersionStandsForTwoPolicies() {
        for (String version : List.of("version", "version - 1", "version + 2", "1")) {
            assertThatThrownBy(() -> beyondTheWalls()
                            .sql("UPDATE identity_policy SET mfa_required = 'everybody', version = " + version
                                    + " WHERE organization_id = ?")
                            .param(organization.id().value())
                            .update())
                    .as(version)
                    .hasStackTraceContaining("makes the next version");
        }
    }

    private void emptyList(Caller caller) {
        list(caller, "{}");
    }

    private void list(Caller caller, String domains) {
        scope.run(
                organization.id(),
                caller,
                () -> server.sql("UPDATE identity_policy SET email_domain_allowlist = ?::text[], version = version + 1")
                        .param(domains)
                        .update());
    }

    private void allow(String... domains) {
        Caller owner = organization.caller(doorkeeper, Role.OWNER);
        IdentityPolicy before = policies.find(organization.id(), owner);
        var allowlist = EmailDomains.of(
                List.of(domains).stream().map(EmailDomain::parse).toList());
        var proposed = new IdentityPolicy(allowlist, before.terms(), before.inviteTtl(), before.version());
        var assurance = new Assurance("pwd", LoginMethod.PASSWORD, new ManualClock().instant(), null);
        assertThat(policies.change(
                        organization.id(), owner, assurance, new PolicyChange(before.version(), proposed, false)))
                .isInstanceOf(PolicyRuling.Accepted.class);
    }

    private String provision(String address) {
        String subject = UUID.randomUUID().toString();
        provision(subject, address);
        return subject;
    }

    private void provision(String subject, String address) {
        JdbcClient.create(TestDatabase.as("nuxari_provisioner"))
                .sql("SELECT provision_member(?, ?, ?, 'Ann', 'requester')")
                .params(organization.id().value(), subject, address)
                .query((_, _) -> subject)
                .single();
    }
}
