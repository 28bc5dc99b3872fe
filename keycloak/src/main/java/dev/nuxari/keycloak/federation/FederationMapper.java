package dev.nuxari.keycloak.federation;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.broker.provider.AbstractIdentityProviderMapper;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityProviderMapper;
import org.keycloak.dom.saml.v2.protocol.ResponseType;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.ErrorPage;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Judges every sign-in by an organization's provider, when Keycloak has verified what was signed and before it looks for an
 * account; and says to the server which kind of sign-in it was, and which of the groups that it knows were named.
 *
 * <p>Public, with a public constructor, because Keycloak's build makes it.
 */
public final class FederationMapper extends AbstractIdentityProviderMapper {
    /** Its name in the settings of a provider. */
    public static final String ID = "nuxari-federation";

    private static final System.Logger log = System.getLogger(FederationMapper.class.getName());
    private static final String RESPONSE = "SAML_LOGIN_RESPONSE";
    private static final String REQUEST_ID = "SAML_REQUEST_ID_BROKER";
    private static final String LOGIN_METHOD = "login_method";
    private static final String IDP_GROUPS = "idp_groups";
    private static final long SKEW_SECONDS = 300;

    /** As providers call them: by itself, as LDAP does (RFC 4519), as Entra ID does. */
    private static final List<String> GIVEN_NAMES = List.of(
            "firstName",
            "givenName",
            "urn:oid:2.5.4.42",
            "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname");

    private static final List<String> FAMILY_NAMES = List.of(
            "lastName", "sn", "urn:oid:2.5.4.4", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname");

    @Override
    public void preprocessFederatedIdentity(
            KeycloakSession session,
            RealmModel realm,
            IdentityProviderMapperModel mapper,
            BrokeredIdentityContext identity) {
        FederationTerms terms = FederationTerms.of(identity.getIdpConfig())
                .orElseThrow(() -> refused(session, identity, Flaw.NO_ORGANIZATION, "no organization"));
        Statement said = Statement.in(identity)
                .orElseThrow(() -> refused(session, identity, Flaw.LOOSE_RESPONSE, "nothing that was signed"));
        switch (said) {
            case Statement.Assertion assertion -> judge(session, realm, identity, terms, assertion);
            case Statement.IdToken token -> {
                if (token.deniesAddress()) {
                    throw refused(session, identity, Flaw.UNVERIFIED_ADDRESS, "email_verified is not true");
                }
            }
        }
        if (!terms.covers(identity.getEmail())) {
            throw refused(session, identity, Flaw.FOREIGN_ADDRESS, "the address is of no verified domain");
        }
        identity.setSessionNote(LOGIN_METHOD, terms.method());
        String groups = GroupNames.json(
                terms.groupsClaim().isEmpty() ? List.of() : said.values(terms.groupsClaim()), terms.groups());
        identity.setSessionNote(IDP_GROUPS, groups);
        identity.getContextData().put(IDP_GROUPS, groups);
    }

    /**
     * Has the session know again which groups were named. When an account is seen the first time, Keycloak empties the session's
     * notes before its flow begins; what belongs to the identity it keeps.
     */
    static void recall(BrokeredIdentityContext identity, AuthenticationSessionModel open) {
        if (identity.getContextData().get(IDP_GROUPS) instanceof String groups) {
            open.setUserSessionNote(IDP_GROUPS, groups);
        }
    }

    private static void judge(
            KeycloakSession session,
            RealmModel realm,
            BrokeredIdentityContext identity,
            FederationTerms terms,
            Statement.Assertion said) {
        String base = session.getContext().getUri().getBaseUri().toString().replaceFirst("/$", "");
        String issuer = base + "/realms/" + realm.getName();
        AuthenticationSessionModel open = identity.getAuthenticationSession();
        var strict = new StrictResponse(
                issuer,
                issuer + "/broker/" + identity.getIdpConfig().getAlias() + "/endpoint",
                open.getClientNote(REQUEST_ID));
        Optional<String> lack = identity.getContextData().get(RESPONSE) instanceof ResponseType response
                ? strict.lack(response)
                : Optional.of("there is no response");
        if (lack.isPresent()) {
            throw refused(session, identity, Flaw.LOOSE_RESPONSE, lack.get());
        }
        if (!isFirst(session, identity, said)) {
            throw refused(session, identity, Flaw.REPLAYED, "the assertion was here before");
        }
        name(identity, said);
        if (!terms.emailAttribute().isEmpty()) {
            List<String> addresses = said.values(terms.emailAttribute());
            identity.setEmail(addresses.size() == 1 ? addresses.getFirst() : "");
        }
    }

    private static void name(BrokeredIdentityContext identity, Statement.Assertion said) {
        GIVEN_NAMES.stream()
                .flatMap(name -> said.values(name).stream())
                .findFirst()
                .ifPresent(identity::setFirstName);
        FAMILY_NAMES.stream()
                .flatMap(name -> said.values(name).stream())
                .findFirst()
                .ifPresent(identity::setLastName);
    }

    private static boolean isFirst(
            KeycloakSession session, BrokeredIdentityContext identity, Statement.Assertion said) {
        long end = StrictResponse.end(said.assertion())
                .toGregorianCalendar()
                .toInstant()
                .getEpochSecond();
        long rest = Math.max(end - InstantSource.system().instant().getEpochSecond(), 0) + SKEW_SECONDS;
        String name = "nuxari-saml/" + identity.getIdpConfig().getAlias() + "/"
                + said.assertion().getID();
        return session.singleUseObjects().putIfAbsent(name, rest);
    }

    private static WebApplicationException refused(
            KeycloakSession session, BrokeredIdentityContext identity, Flaw flaw, String why) {
        log.log(
                Level.INFO,
                "sign-in by {0} refused: {1}",
                identity.getIdpConfig().getAlias(),
                why);
        return new WebApplicationException(ErrorPage.error(
                session, identity.getAuthenticationSession(), Response.Status.FORBIDDEN, flaw.message()));
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String[] getCompatibleProviders() {
        return new String[] {IdentityProviderMapper.ANY_PROVIDER};
    }

    @Override
    public boolean supportsSyncMode(IdentityProviderSyncMode mode) {
        return SYNC_MODES.contains(mode);
    }

    private static final Set<IdentityProviderSyncMode> SYNC_MODES =
            EnumSet.copyOf(Arrays.asList(IdentityProviderSyncMode.values()));

    @Override
    public String getDisplayCategory() {
        return "Nuxari";
    }

    @Override
    public String getDisplayType() {
        return "Nuxari: bounds of an organization's provider";
    }

    @Override
    public String getHelpText() {
        return "Refuses what the provider may not say. Set by the server.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }
}
