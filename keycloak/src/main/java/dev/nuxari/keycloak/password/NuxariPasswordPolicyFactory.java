package dev.nuxari.keycloak.password;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.policy.PasswordPolicyProvider;
import org.keycloak.policy.PasswordPolicyProviderFactory;

/** Found by Keycloak through its service file. Public, with a public constructor, because Keycloak's build makes it. */
public final class NuxariPasswordPolicyFactory implements PasswordPolicyProviderFactory {
    private final BreachedPasswords breached = BreachedPasswords.shipped();

    @Override
    public PasswordPolicyProvider create(KeycloakSession session) {
        return new NuxariPasswordPolicy(session, breached);
    }

    @Override
    public String getId() {
        return NuxariPasswordPolicy.ID;
    }

    @Override
    public String getDisplayName() {
        return "Nuxari: length, breached, personal";
    }

    @Override
    public String getConfigType() {
        return PasswordPolicyProvider.INT_CONFIG_TYPE;
    }

    @Override
    public String getDefaultConfigValue() {
        return String.valueOf(NuxariPasswordPolicy.LEAST);
    }

    @Override
    public boolean isMultiplSupported() {
        return false;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
