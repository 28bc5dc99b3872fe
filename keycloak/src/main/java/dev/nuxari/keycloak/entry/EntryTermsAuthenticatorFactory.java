package dev.nuxari.keycloak.entry;

import java.time.InstantSource;
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
public final class EntryTermsAuthenticatorFactory implements AuthenticatorFactory {
    static final String SECOND_FACTOR_FOLLOWS = "second-factor-follows";

    @Override
    public Authenticator create(KeycloakSession session) {
        return new EntryTermsAuthenticator(InstantSource.system());
    }

    @Override
    public String getId() {
        return "nuxari-entry-terms";
    }

    @Override
    public String getDisplayType() {
        return "Nuxari: terms of the organization";
    }

    @Override
    public String getHelpText() {
        return "Keeps out whom their organization would not let in: by method, network address or missing second factor.";
    }

    @Override
    public @Nullable String getReferenceCategory() {
        return null;
    }

    @Override
    public boolean isConfigurable() {
        return true;
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return new Requirement[] {Requirement.REQUIRED, Requirement.DISABLED};
    }

    @Override
    public boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of(new ProviderConfigProperty(
                SECOND_FACTOR_FOLLOWS,
                "A second factor follows",
                "Where the flow asks for a second factor afterwards: a missing one is asked for, not refused.",
                ProviderConfigProperty.BOOLEAN_TYPE,
                false));
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
