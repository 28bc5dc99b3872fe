package dev.nuxari.keycloak.federation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/** Found by Keycloak through its service file. Public, with a public constructor, because Keycloak's build makes it. */
public final class FirstBrokerLoginFactory implements AuthenticatorFactory {
    private static final Authenticator ONLY = new FirstBrokerLogin();

    @Override
    public Authenticator create(KeycloakSession session) {
        return ONLY;
    }

    @Override
    public String getId() {
        return "nuxari-first-broker";
    }

    @Override
    public String getDisplayType() {
        return "Nuxari: account for an organization's provider";
    }

    @Override
    public String getHelpText() {
        return "A new account, or the one of a member. Nothing is asked.";
    }

    @Override
    public @Nullable String getReferenceCategory() {
        return null;
    }

    @Override
    public boolean isConfigurable() {
        return false;
    }

    @Override
    public boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return new Requirement[] {Requirement.REQUIRED, Requirement.DISABLED};
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
