package dev.nuxari.keycloak.invitation;

import dev.nuxari.keycloak.standing.Standing;
import dev.nuxari.keycloak.standing.Taking;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Which accounts somebody may set up who has come from a mail to their address. */
record Settable(KeycloakSession session, RealmModel realm) {
    /** Asked when the link is made and whenever it is opened: in between somebody may have come in, or joined another organization. */
    boolean is(UserModel account, String organization) {
        if (!account.isEnabled() || account.getEmail() == null) {
            return false;
        }
        Standing standing = Standing.of(session, account);
        return !standing.isElsewhere(organization)
                && (!canBeSignedInTo(account, standing) || standing.taking(organization) == Taking.EMPTIED);
    }

    /** A password, a passkey, or another identity provider's word. A provider speaks for nobody who has left its organization. */
    private boolean canBeSignedInTo(UserModel account, Standing standing) {
        return account.credentialManager()
                        .getStoredCredentialsStream()
                        .findAny()
                        .isPresent()
                || account.getFederationLink() != null
                || session.users()
                        .getFederatedIdentitiesStream(realm, account)
                        .anyMatch(link -> speaks(link.getIdentityProvider(), standing));
    }

    private boolean speaks(String alias, Standing standing) {
        IdentityProviderModel provider = session.identityProviders().getByAlias(alias);
        return provider != null
                && (provider.getOrganizationId() == null
                        || standing.organizations().contains(provider.getOrganizationId()));
    }
}
