package dev.nuxari.server.federation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.platform.KeycloakAdmin;
import dev.nuxari.platform.KeycloakAdmin.NewUser;
import dev.nuxari.server.federation.BrokeredGround.Begun;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.w3c.dom.Document;

/** Somebody runs the provider of one organization and wants to be somebody else: of another organization, or of their own. */
@Claim({"I1", "T2"})
class ForeignAccountTest {
    private static final SigningKey KEY = SigningKey.of("a provider");
    private static final String ENTITY = "https://idp.example/metadata";
    private static final String ADDRESS = "mail";

    private final KeycloakAdmin admin = BrokeredGround.admin();
    private String alias = "";
    private String domain = "";
    private BrokeredGround own = ground("none");

    private static BrokeredGround ground(String alias) {
        return new BrokeredGround(
                OrganizationId.parse("00000000-0000-0000-0000-000000000000"),
                new ProviderId(new java.util.UUID(0, 0)),
                alias + ".example");
    }

    @BeforeEach
    void givenProvider(TestInfo test) {
        alias = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        domain = alias + ".example";
        own = BrokeredGround.of(alias, BrokeredGround.samlWithAddressIn(ADDRESS, ENTITY, KEY));
    }

    private static boolean says(BrokeredGround provider, String subject, String email) {
        Begun begun = provider.begin();
        Document response = SamlDraft.of(ENTITY, BrokeredGround.issuer(), provider.endpoint(), begun.request(), subject)
                .attribute(ADDRESS, email)
                .document();
        Xml.sign(Xml.assertion(response), KEY);
        return begun.isLetIn(
                Map.of(
                        "SAMLResponse",
                        Base64.getEncoder()
                                .encodeToString(SamlDraft.written(response).getBytes(UTF_8)),
                        "RelayState",
                        begun.parameter("RelayState")),
                provider.endpoint());
    }

    private String account(String email) {
        return admin.ensureUser("nuxari", new NewUser(email, "Some", "Body", BrokeredGround.PASSWORD));
    }

    private String member(BrokeredGround of, String email) {
        String subject = account(email);
        admin.ensureMember("nuxari", of.organization().toString(), subject);
        return subject;
    }

    private OrganizationId other() {
        return OrganizationId.parse(
                admin.ensureOrganization("nuxari", alias + "-other", alias + "-other", "other-" + domain));
    }

    private List<Json.Obj> links(String subject) {
        return admin.list("/admin/realms/nuxari/users/" + subject + "/federated-identity");
    }

    @Test
    void newcomerGetsAnAccountOfTheOrganizationAndOfNoOtherOne() {
        assertThat(says(own, "subject", "New@" + domain)).isTrue();

        String subject = admin.userId("nuxari", "new@" + domain).orElseThrow();
        assertThat(admin.list("/admin/realms/nuxari/organizations/" + own.organization() + "/members"))
                .extracting(member -> member.string("id"))
                .containsExactly(subject);
        assertThat(links(subject)).hasSize(1);
        assertThat(says(own, "subject", "New@" + domain)).isTrue();
    }

    @Test
    void memberKeepsTheirAccount() {
        String subject = member(own, "member@" + domain);

        assertThat(says(own, "subject", "member@" + domain)).isTrue();
        assertThat(links(subject)).hasSize(1);
    }

    @Test
    void memberOfAnotherOrganizationIsNotTakenOver() {
        var target = new BrokeredGround(other(), new ProviderId(java.util.UUID.randomUUID()), "other-" + domain);
        String subject = member(target, "owner@other-" + domain);

        assertThat(says(own, "subject", "owner@other-" + domain)).isFalse();
        assertThat(links(subject)).isEmpty();
    }

    /** The address is the organization's, and the account is not: they were invited elsewhere. */
    @Test
    void accountThatIsNoMemberIsNotTakenOver() {
        String nobody = account("local@" + domain);
        var target = new BrokeredGround(other(), new ProviderId(java.util.UUID.randomUUID()), "other-" + domain);
        String guest = member(target, "guest@" + domain);

        assertThat(says(own, "one", "local@" + domain)).isFalse();
        assertThat(says(own, "two", "guest@" + domain)).isFalse();
        assertThat(links(nobody)).isEmpty();
        assertThat(links(guest)).isEmpty();
    }

    /** Who can be an account can set a password for it, and so come into every organization that it is a member of. */
    @Test
    void memberOfTwoOrganizationsIsNotTakenOver() {
        String both = member(own, "both@" + domain);
        admin.ensureMember("nuxari", other().toString(), both);

        assertThat(says(own, "subject", "both@" + domain)).isFalse();
        assertThat(links(both)).isEmpty();
    }

    @Test
    void accountIsLetGoWhenItJoinsAnotherOrganizationOrLeaves() {
        String subject = member(own, "moves@" + domain);
        assertThat(says(own, "subject", "moves@" + domain)).isTrue();

        String organization = other().toString();
        admin.ensureMember("nuxari", organization, subject);
        assertThat(says(own, "subject", "moves@" + domain)).isFalse();

        admin.exchange("DELETE", "/admin/realms/nuxari/organizations/" + organization + "/members/" + subject, "");
        assertThat(says(own, "subject", "moves@" + domain)).isTrue();

        admin.exchange(
                "DELETE", "/admin/realms/nuxari/organizations/" + own.organization() + "/members/" + subject, "");
        assertThat(says(own, "subject", "moves@" + domain)).isFalse();
    }

    @Test
    void addressThatNobodyHasVerifiedIsNoProof() {
        String subject = member(own, "claims@" + domain);
        admin.exchange(
                "PUT",
                "/admin/realms/nuxari/users/" + subject,
                "{\"emailVerified\":false,\"email\":\"claims@" + domain + "\"}");

        assertThat(says(own, "subject", "claims@" + domain)).isFalse();
        assertThat(links(subject)).isEmpty();
    }

    /** The provider gives the address to somebody else: they are not the one who had it. */
    @Test
    void anotherSubjectWithTheSameAddressIsNobody() {
        assertThat(says(own, "first", "reused@" + domain)).isTrue();
        assertThat(says(own, "second", "reused@" + domain)).isFalse();
    }

    @Test
    void sameSubjectOfAnotherProviderIsSomebodyElse() {
        BrokeredGround second = BrokeredGround.in(
                other(),
                "other-" + domain,
                BrokeredGround.samlWithAddressIn(ADDRESS, ENTITY, KEY),
                BrokeredGround.NOBODY_SPECIAL);
        assertThat(says(own, "subject", "first@" + domain)).isTrue();

        assertThat(says(second, "subject", "first@" + domain)).isFalse();
        assertThat(says(second, "subject", "second@other-" + domain)).isTrue();
        assertThat(admin.userId("nuxari", "second@other-" + domain))
                .isNotEqualTo(admin.userId("nuxari", "first@" + domain));
    }

    /** However the link came to be: a person can be talked into it. */
    @Test
    void linkToAForeignAccountOpensNothing() {
        var target = new BrokeredGround(other(), new ProviderId(java.util.UUID.randomUUID()), "other-" + domain);
        String victim = member(target, "victim@other-" + domain);
        KeycloakAdmin.Answer linked = admin.exchange(
                "POST",
                "/admin/realms/nuxari/users/" + victim + "/federated-identity/" + own.alias(),
                Json.object("userId", "subject", "userName", "subject").canonical());
        assertThat(linked.status()).isEqualTo(204);

        assertThat(says(own, "subject", "mallory@" + domain)).isFalse();
    }

    @Test
    void twoAddressesAreNone() {
        Begun begun = own.begin();
        Document response = SamlDraft.of(ENTITY, BrokeredGround.issuer(), own.endpoint(), begun.request(), "subject")
                .attribute(ADDRESS, "one@" + domain, "two@" + domain)
                .document();
        Xml.sign(Xml.assertion(response), KEY);

        assertThat(begun.isLetIn(
                        Map.of(
                                "SAMLResponse",
                                Base64.getEncoder()
                                        .encodeToString(
                                                SamlDraft.written(response).getBytes(UTF_8)),
                                "RelayState",
                                begun.parameter("RelayState")),
                        own.endpoint()))
                .isFalse();
    }
}
