package dev.nuxari.server.federation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.platform.KeycloakAdmin;
import dev.nuxari.platform.KeycloakAdmin.NewUser;
import dev.nuxari.platform.PlatformFailure;
import dev.nuxari.platform.ScriptedBrowser;
import dev.nuxari.platform.testing.SharedKeycloak;
import dev.nuxari.server.federation.BrokeredGround.Begun;
import dev.nuxari.server.testing.ManagedMembers;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

/** Somebody runs the provider of one organization and wants to be somebody else: of another organization, or of their own. */
@Claim({"I1", "T2"})
class ForeignAccountTest {
    private static final SigningKey KEY = SigningKey.of("a provider");
    private static final String ENTITY = "https://idp.example/metadata";
    private static final String ADDRESS = "mail";
    private static final String PLANTED = "planted-horse-battery";

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
        return says(provider, provider.begin(), subject, email);
    }

    private static boolean says(BrokeredGround provider, Begun begun, String subject, String email) {
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

    private List<String> waysIn(String subject) {
        return admin.list("/admin/realms/nuxari/users/" + subject + "/credentials").stream()
                .map(credential -> credential.string("type"))
                .toList();
    }

    private static ScriptedBrowser planting(String email) {
        return new ScriptedBrowser(ScriptedBrowser.Person.of(email, PLANTED));
    }

    /** Whoever has nothing of their own is sent to the provider, where nobody answers. */
    private static void assertNobodyComesInBy(String email) {
        assertThatThrownBy(() -> SharedKeycloak.instance().login().signIn(email, PLANTED))
                .isInstanceOfAny(ScriptedBrowser.SignInRefused.class, PlatformFailure.class);
    }

    /** Keycloak refuses a right password as long as it is writing down that another one was wrong. */
    private static void assertOwnPasswordIsGood(String email) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .ignoreException(ScriptedBrowser.SignInRefused.class)
                .until(
                        () -> SharedKeycloak.instance()
                                .login()
                                .signIn(email, BrokeredGround.PASSWORD)
                                .accessToken(),
                        token -> !token.isBlank());
    }

    /**
     * An administrator has set up the provider, says that they are the owner, and wants to set a password for that account while
     * they are: with it they would be the owner, whom no provider speaks for.
     */
    @ParameterizedTest
    @ValueSource(strings = "UPDATE_PASSWORD")
    @Claim("T5")
    void nobodyPlantsAWayInOnAProvidersWord(String action) {
        String email = action.toLowerCase(Locale.ROOT) + "@" + domain;
        String owner = member(own, email);

        assertThat(says(own, own.begin(planting(email), "&kc_action=" + action), "subject-" + action, email))
                .isFalse();

        assertThat(waysIn(owner)).containsExactly("password");
        assertNobodyComesInBy(email);
        assertOwnPasswordIsGood(email);
        // What was wrong is the action, and not who they are.
        assertThat(says(own, "subject-" + action, email)).isTrue();
    }

    /** The account does not exist before: it is made by the word, and becomes somebody's. */
    @Test
    @Claim("T5")
    void nobodyPlantsAWayInToAnAccountThatTheWordMakes() {
        String email = "heir@" + domain;

        assertThat(says(own, own.begin(planting(email), "&kc_action=UPDATE_PASSWORD"), "subject", email))
                .isFalse();

        assertThat(waysIn(admin.userId("nuxari", email).orElseThrow())).isEmpty();
        assertNobodyComesInBy(email);
    }

    /** First they sign in as everybody does, and then the session of that is used. */
    @Test
    @Claim("T5")
    void sessionOfAProviderPlantsNoWayInEither() {
        String email = "later@" + domain;
        String owner = member(own, email);
        ScriptedBrowser browser = planting(email);
        assertThat(says(own, own.begin(browser, ""), "subject", email)).isTrue();

        for (String more : List.of(
                "&kc_action=UPDATE_PASSWORD",
                "&kc_action=UPDATE_PASSWORD&acr_values=mfa",
                "&kc_action=UPDATE_PASSWORD&max_age=0",
                "&kc_action=UPDATE_PASSWORD&prompt=login")) {
            assertThatThrownBy(() -> browser.walk(BrokeredGround.start(more), Begun::isEnd))
                    .as(more)
                    .isInstanceOf(ScriptedBrowser.SignInRefused.class);
        }

        assertThat(waysIn(owner)).containsExactly("password");
        assertNobodyComesInBy(email);
    }

    /** Keycloak's own pages and programs: their tokens change accounts. */
    @ParameterizedTest
    @ValueSource(strings = {"account-console /account/", "security-admin-console /admin/nuxari/console/"})
    @Claim("T5")
    void nobodyComesToTheAccountsPagesOnAProvidersWord(String page) {
        String[] of = page.split(" ", 2);
        String email = of[0] + "@" + domain;
        member(own, email);
        String back = of[0].startsWith("account")
                ? BrokeredGround.issuer() + of[1]
                : SharedKeycloak.instance().url() + of[1];
        URI asked = URI.create(BrokeredGround.start("")
                .toString()
                .replace("client_id=nuxari-cli", "client_id=" + of[0])
                .replace(BrokeredGround.CALLBACK, back)
                .replace("%20organization", ""));
        ScriptedBrowser browser = planting(email);
        assertThat(says(own, own.begin(browser, ""), "subject-" + of[0], email)).isTrue();

        assertThatThrownBy(
                        () -> browser.walk(asked, address -> address.toString().startsWith(back)))
                .isInstanceOf(ScriptedBrowser.SignInRefused.class);

        // Nobody is kept from them who has shown something of their own.
        var self = new ScriptedBrowser(ScriptedBrowser.Person.of(email, BrokeredGround.PASSWORD));
        assertThat(BrokeredGround.query(
                        self.walk(asked, address -> address.toString().startsWith(back))))
                .containsKey("code");
    }

    /** It is a page: five of them would keep the person themselves out. */
    @Test
    @Claim("I5")
    void refusalsCountAsNoWrongPasswords() {
        String email = "victim@" + domain;
        String victim = member(own, email);
        assertThat(says(own, "subject", email)).isTrue();
        admin.ensureMember("nuxari", other().toString(), victim);

        for (int attempt = 0; attempt < 6; attempt++) {
            assertThat(says(own, "subject", email)).isFalse();
        }

        assertThat(Json.parseObject(admin.exchange(
                                        "GET", "/admin/realms/nuxari/attack-detection/brute-force/users/" + victim, "")
                                .body())
                        .canonical())
                .contains("\"disabled\":false", "\"numFailures\":0");
    }

    /** Of Keycloak's managed members the account goes with the membership, and the next sign-in makes another one. */
    @Test
    void accountOutlivesItsMembership() {
        String email = "leaves@" + domain;
        assertThat(says(own, "subject", email)).isTrue();
        String subject = admin.userId("nuxari", email).orElseThrow();

        admin.exchange(
                "DELETE", "/admin/realms/nuxari/organizations/" + own.organization() + "/members/" + subject, "");

        assertThat(admin.userId("nuxari", email)).contains(subject);
        assertThat(says(own, "subject", email)).isFalse();
        assertThat(says(own, "another", email)).isFalse();
    }

    /** The domain has changed hands, and with it the address. Whoever had it before is not linked with who has it now. */
    @Test
    void accountThatAnotherOrganizationMadeIsNotSpokenFor() {
        String email = "moved@" + domain;
        assertThat(says(own, "subject", email)).isTrue();
        String subject = admin.userId("nuxari", email).orElseThrow();
        admin.exchange(
                "DELETE", "/admin/realms/nuxari/organizations/" + own.organization() + "/members/" + subject, "");
        OrganizationId other = other();
        admin.ensureMember("nuxari", other.toString(), subject);
        BrokeredGround second = BrokeredGround.in(
                other, domain, BrokeredGround.samlWithAddressIn(ADDRESS, ENTITY, KEY), BrokeredGround.NOBODY_SPECIAL);

        assertThat(says(second, "subject", email)).isFalse();
        assertThat(says(own, "subject", email)).isFalse();
    }

    /** Nobody but the extension says on whose word an account stands, whatever else is changed about it. */
    @Test
    void whoeverChangesTheAccountDoesNotChangeOnWhoseWordItStands() {
        String email = "kept@" + domain;
        assertThat(says(own, "subject", email)).isTrue();
        String subject = admin.userId("nuxari", email).orElseThrow();
        Json.Obj person = Json.object("email", email, "emailVerified", true, "firstName", "Some", "lastName", "Body");
        for (Json.Obj attributes : List.of(
                Json.object("nuxari.spoken-for-by", List.of(other().toString())),
                Json.object("nuxari.spoken-for-by", List.of()),
                Json.object())) {
            assertThat(admin.exchange(
                                    "PUT",
                                    "/admin/realms/nuxari/users/" + subject,
                                    person.with("attributes", attributes).canonical())
                            .status())
                    .isEqualTo(204);
        }

        assertThat(says(own, "subject", email)).isTrue();
        admin.exchange(
                "DELETE", "/admin/realms/nuxari/organizations/" + own.organization() + "/members/" + subject, "");
        OrganizationId other = other();
        admin.ensureMember("nuxari", other.toString(), subject);
        BrokeredGround second = BrokeredGround.in(
                other, domain, BrokeredGround.samlWithAddressIn(ADDRESS, ENTITY, KEY), BrokeredGround.NOBODY_SPECIAL);
        assertThat(says(second, "subject", email)).isFalse();
    }

    /** Of those that were made by earlier versions. */
    @Test
    void managedMemberIsAnOrdinaryOneAfterTheNextSignIn() {
        String email = "managed@" + domain;
        assertThat(says(own, "subject", email)).isTrue();
        String subject = admin.userId("nuxari", email).orElseThrow();
        ManagedMembers.make(subject);
        assertThat(membership(subject)).isEqualTo("MANAGED");

        assertThat(says(own, "subject", email)).isTrue();

        assertThat(membership(subject)).isEqualTo("UNMANAGED");
        admin.exchange(
                "DELETE", "/admin/realms/nuxari/organizations/" + own.organization() + "/members/" + subject, "");
        assertThat(admin.userId("nuxari", email)).contains(subject);
    }

    private String membership(String subject) {
        return admin.list("/admin/realms/nuxari/organizations/" + own.organization() + "/members").stream()
                .filter(member -> member.string("id").equals(subject))
                .map(member -> member.string("membershipType"))
                .findFirst()
                .orElse("");
    }
}
