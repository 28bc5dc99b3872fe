package dev.nuxari.keycloak.signout;

import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Found by Keycloak through its service file. Public, with a public constructor, because Keycloak's build makes it. */
public final class SignOutAfterResetFactory implements EventListenerProviderFactory {
    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new SignOutAfterReset(session);
    }

    @Override
    public String getId() {
        return "nuxari-sign-out";
    }

    /** In every realm, without being named in its settings: a realm that is older than this has it too. */
    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
