package dev.nuxari.keycloak.entry;

import static org.keycloak.authentication.AuthenticatorUtil.getAuthnCredentials;
import static org.keycloak.authentication.AuthenticatorUtil.isForcedReauthentication;
import static org.keycloak.authentication.AuthenticatorUtil.isSSOAuthentication;
import static org.keycloak.authentication.authenticators.broker.util.PostBrokerLoginConstants.PBL_BROKERED_IDENTITY_CONTEXT;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.authentication.authenticators.util.AcrStore;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.provider.IdentityProvider;
import org.keycloak.broker.saml.SAMLIdentityProvider;
import org.keycloak.events.Details;
import org.keycloak.models.Constants;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.organization.protocol.mappers.oidc.OrganizationScope;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.AmrUtils;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.resources.IdentityBrokerService;
import org.keycloak.sessions.AuthenticationSessionModel;

/** A sign-in that is under way, as Keycloak knows it. What is asked here is answered as the token will say it. */
final class SignIn {
    /** The note of a session that the realm hands on as the claim of that name. */
    private static final String METHOD = "login_method";

    /** The level at which the realm's {@code acr} is {@code mfa}. */
    private static final int TWO_FACTORS = 2;

    /** Keycloak's own clients, which every realm has: their tokens change accounts. */
    private static final Set<String> ACCOUNT_PAGES =
            Set.of("account", "account-console", "admin-cli", "broker", "realm-management", "security-admin-console");

    private static final String ASKED = "nuxari.entry.asked";

    private final AuthenticationFlowContext context;
    private final KeycloakSession session;
    private final AuthenticationSessionModel notes;
    private final AcrStore levels;

    SignIn(AuthenticationFlowContext context) {
        this.context = context;
        this.session = context.getSession();
        this.notes = context.getAuthenticationSession();
        this.levels = new AcrStore(session, notes);
    }

    /** By the cookie of a session that there is already, and nothing else. */
    boolean isByCookie() {
        return isSSOAuthentication(notes);
    }

    boolean isWithPasskey() {
        return getAuthnCredentials(notes).contains(WebAuthnCredentialModel.TYPE_PASSWORDLESS);
    }

    /** The terms of the organizations that the token could name. */
    List<EntryTerms> terms() {
        return organizations().stream()
                .map(organization ->
                        TermsAttribute.read(organization.getAttributes().get(TermsAttribute.NAME)))
                .toList();
    }

    private List<OrganizationModel> organizations() {
        UserModel user = context.getUser();
        List<OrganizationModel> all = session.getProvider(OrganizationProvider.class)
                .getByMember(user)
                .filter(OrganizationModel::isEnabled)
                .toList();
        List<OrganizationModel> asked = switch (OrganizationScope.valueOfScope(session)) {
            case SPECIFIC ->
                OrganizationScope.SPECIFIC.resolveOrganizations(user, session).toList();
            case ANY -> chosen(all);
            case ALL -> List.of();
            case null -> List.of();
        };
        return asked.isEmpty() ? all : asked;
    }

    /** A member of several is asked which one is meant. */
    private List<OrganizationModel> chosen(List<OrganizationModel> organizations) {
        String id = notes.getClientNote(OrganizationModel.ORGANIZATION_ATTRIBUTE);
        return organizations.stream()
                .filter(organization -> organization.getId().equals(id))
                .toList();
    }

    Attempt attempt(Instant now) {
        Optional<UserSessionModel> before = continued();
        Optional<String> provider = provider(before);
        return new Attempt(
                provider.isPresent() ? kind(provider.get()) : LoginMethod.ofShown(shown()),
                Optional.ofNullable(context.getConnection().getRemoteAddr()).flatMap(Address::ofPeer),
                levels.getLevelOfAuthenticationFromCurrentAuthentication() >= TWO_FACTORS,
                isByCookie() ? before.map(SignIn::authenticatedAt).orElse(Instant.EPOCH) : now);
    }

    /** Whether an identity provider says who this is, now or when the session began. */
    boolean isOnAProvidersWord() {
        return provider(continued()).isPresent();
    }

    /**
     * Whether it is about the account and not about signing in: to add a passkey, an app or a password. Whoever runs the provider
     * can be everybody it speaks for, and would keep that way in when the provider is gone.
     */
    boolean isForTheAccountItself() {
        return notes.getClientNote(Constants.KC_ACTION) != null
                || ACCOUNT_PAGES.contains(notes.getClient().getClientId());
    }

    /** The session that this sign-in goes on with; none if everything had to be shown anew. */
    private Optional<UserSessionModel> continued() {
        return isForcedReauthentication(notes) ? Optional.empty() : existing();
    }

    private Optional<UserSessionModel> existing() {
        AuthenticationManager.AuthResult cookie =
                AuthenticationManager.authenticateIdentityCookie(session, context.getRealm(), true);
        return Optional.ofNullable(cookie)
                .filter(result -> result.user().getId().equals(context.getUser().getId()))
                .map(AuthenticationManager.AuthResult::session);
    }

    private static Instant authenticatedAt(UserSessionModel open) {
        String seconds = open.getNote(AuthenticationManager.AUTH_TIME);
        return seconds == null ? Instant.EPOCH : Instant.ofEpochSecond(Long.parseLong(seconds));
    }

    /** The alias of the identity provider behind it. */
    private Optional<String> provider(Optional<UserSessionModel> before) {
        SerializedBrokeredIdentityContext brokered = brokered();
        return brokered == null
                ? before.map(open -> open.getNote(Details.IDENTITY_PROVIDER))
                : Optional.of(brokered.getIdentityProviderId());
    }

    private @Nullable SerializedBrokeredIdentityContext brokered() {
        return SerializedBrokeredIdentityContext.readFromAuthenticationSession(notes, PBL_BROKERED_IDENTITY_CONTEXT);
    }

    /** What the provider speaks, which is how it was made and nothing that was said about it. */
    private Optional<LoginMethod> kind(String alias) {
        IdentityProviderModel model = session.identityProviders().getByAlias(alias);
        IdentityProvider<?> provider =
                IdentityBrokerService.getIdentityProvider(session, model, IdentityProvider.class);
        return switch (provider) {
            case OIDCIdentityProvider _ -> Optional.of(LoginMethod.OIDC);
            case SAMLIdentityProvider _ -> Optional.of(LoginMethod.SAML);
            case null, default -> Optional.empty();
        };
    }

    /** What the claim {@code amr} will have. */
    private List<String> shown() {
        Map<String, Integer> executions = AuthenticatorUtils.parseCompletedExecutions(
                notes.getUserSessionNotes().get(Constants.AUTHENTICATORS_COMPLETED));
        return AmrUtils.getAuthenticationExecutionReferences(executions, context.getRealm());
    }

    /** Lets the session say by which means somebody came in. */
    void record(Attempt attempt) {
        if (brokered() != null) {
            notes.setUserSessionNote(
                    METHOD, attempt.method().map(LoginMethod::spelled).orElse("unknown"));
        } else if (isForcedReauthentication(notes)) {
            // It was an identity provider's session, and now something of the broker's own was shown.
            existing().ifPresent(open -> {
                open.removeNote(Details.IDENTITY_PROVIDER);
                open.removeNote(METHOD);
            });
        }
    }

    /** Has the flow ask for a second factor where that comes next. */
    void demandSecondFactor() {
        notes.setClientNote(Constants.REQUESTED_LEVEL_OF_AUTHENTICATION, String.valueOf(TWO_FACTORS));
    }

    /** Has a flow that begins anew ask for everything. */
    void demandSignIn() {
        notes.setClientNote(OIDCLoginProtocol.PROMPT_PARAM, OIDCLoginProtocol.PROMPT_VALUE_LOGIN);
    }

    /** Whether this was not asked for before, so that nobody goes in circles. */
    boolean asksFirst(Refusal why) {
        String asked = Optional.ofNullable(notes.getClientNote(ASKED)).orElse("");
        if (isPassive() || List.of(asked.split(" ", -1)).contains(why.spelled())) {
            return false;
        }
        notes.setClientNote(ASKED, (asked + " " + why.spelled()).strip());
        return true;
    }

    private boolean isPassive() {
        String prompt = notes.getClientNote(OIDCLoginProtocol.PROMPT_PARAM);
        return OIDCLoginProtocol.PROMPT_VALUE_NONE.equals(prompt);
    }
}
