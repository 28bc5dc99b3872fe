package dev.nuxari.keycloak.federation;

import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.Errors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Whom the provider's word stands for when it is heard the first time: a new account, or the one of a member. It asks the
 * person nothing, so that there is nothing to be changed on the way: neither the address nor which account is linked.
 */
final class FirstBrokerLogin extends AbstractIdpAuthenticator {
    private static final String NEW_ACCOUNT = "BROKER_REGISTERED_NEW_USER";

    @Override
    protected void authenticateImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext identity) {
        Accounts accounts = new Accounts(context.getSession(), context.getRealm());
        Optional<FederationTerms> terms = FederationTerms.of(identity.getIdpConfig());
        Optional<OrganizationModel> organization = terms.flatMap(accounts::organization);
        if (terms.isEmpty() || organization.isEmpty()) {
            refuse(context, Flaw.NO_ORGANIZATION);
        } else if (!terms.get().covers(identity.getEmail())) {
            refuse(context, Flaw.FOREIGN_ADDRESS);
        } else {
            admit(context, accounts, terms.get(), organization.get(), identity);
        }
    }

    private static void admit(
            AuthenticationFlowContext context,
            Accounts accounts,
            FederationTerms terms,
            OrganizationModel organization,
            BrokeredIdentityContext identity) {
        FederationMapper.recall(identity, context.getAuthenticationSession());
        String email = identity.getEmail().toLowerCase(Locale.ROOT);
        UserModel known = accounts.withAddress(email);
        if (known == null) {
            context.setUser(accounts.create(
                    organization, new Accounts.Person(email, identity.getFirstName(), identity.getLastName())));
            context.getAuthenticationSession().setAuthNote(NEW_ACCOUNT, "true");
            context.success();
        } else if (accounts.mayBeLinked(known, terms, identity.getIdpConfig().getAlias())) {
            context.setUser(known);
            context.success();
        } else {
            refuse(context, Flaw.FOREIGN_ACCOUNT);
        }
    }

    static void refuse(AuthenticationFlowContext context, Flaw flaw) {
        context.getEvent().error(Errors.ACCESS_DENIED);
        // No failure of the person's, which would be counted as a wrong password.
        context.challenge(context.form().setError(flaw.message()).createErrorPage(Response.Status.FORBIDDEN));
    }

    @Override
    protected void actionImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext identity) {
        // There is no page to answer.
    }

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, @Nullable UserModel user) {
        return true;
    }
}
