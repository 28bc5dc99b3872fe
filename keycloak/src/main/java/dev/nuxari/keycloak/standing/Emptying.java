package dev.nuxari.keycloak.standing;

import java.time.InstantSource;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationManager;

/** Takes from an account whatever opens it. Each list is read first, because it changes on the way. */
public record Emptying(KeycloakSession session, RealmModel realm, InstantSource clock) {
    /** Passwords, passkeys, apps, links to identity providers, sessions, and tokens of before. */
    public void empty(UserModel account) {
        account.credentialManager()
                .getStoredCredentialsStream()
                .map(CredentialModel::getId)
                .toList()
                .forEach(account.credentialManager()::removeStoredCredentialById);
        session.users()
                .getFederatedIdentitiesStream(realm, account)
                .map(FederatedIdentityModel::getIdentityProvider)
                .toList()
                .forEach(provider -> session.users().removeFederatedIdentity(realm, account, provider));
        account.getRequiredActionsStream().toList().forEach(account::removeRequiredAction);
        session.users()
                .setNotBeforeForUser(
                        realm, account, Math.toIntExact(clock.instant().getEpochSecond()));
        signOut(account);
    }

    /** Whoever relies on one of the sessions is told by back-channel logout. */
    public void signOut(UserModel account) {
        session.sessions()
                .getUserSessionsStream(realm, account)
                .toList()
                .forEach(open -> AuthenticationManager.backchannelLogout(session, open, true));
    }
}
