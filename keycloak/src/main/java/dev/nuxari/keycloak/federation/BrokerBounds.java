package dev.nuxari.keycloak.federation;

import dev.nuxari.keycloak.standing.Membership;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.broker.util.PostBrokerLoginConstants;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * After each sign-in by an organization's provider, the first one or not: the account is still one that the provider may speak
 * for. It may have been linked by its holder, joined another organization or left this one since.
 */
final class BrokerBounds implements Authenticator {
    @Override
    public void authenticate(AuthenticationFlowContext context) {
        SerializedBrokeredIdentityContext serialized = SerializedBrokeredIdentityContext.readFromAuthenticationSession(
                context.getAuthenticationSession(), PostBrokerLoginConstants.PBL_BROKERED_IDENTITY_CONTEXT);
        if (serialized == null) {
            FirstBrokerLogin.refuse(context, Flaw.NO_ORGANIZATION);
            return;
        }
        BrokeredIdentityContext identity =
                serialized.deserialize(context.getSession(), context.getAuthenticationSession());
        Optional<FederationTerms> terms = FederationTerms.of(identity.getIdpConfig());
        if (terms.isEmpty()) {
            // The operator's own provider has no bounds.
            context.success();
        } else if (!terms.get().covers(identity.getEmail())) {
            FirstBrokerLogin.refuse(context, Flaw.FOREIGN_ADDRESS);
        } else if (isWithin(context, terms.get())) {
            context.success();
        } else {
            FirstBrokerLogin.refuse(context, Flaw.FOREIGN_ACCOUNT);
        }
    }

    private static boolean isWithin(AuthenticationFlowContext context, FederationTerms terms) {
        Accounts accounts = new Accounts(context.getSession(), context.getRealm());
        Optional<OrganizationModel> organization = accounts.organization(terms);
        if (organization.isEmpty() || !accounts.mayBeSpokenFor(context.getUser(), terms)) {
            return false;
        }
        new Membership(context.getSession(), organization.get()).ofOneself(context.getUser());
        return true;
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        // There is no page to answer.
    }

    @Override
    public boolean requiresUser() {
        return true;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, @Nullable UserModel user) {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {}

    @Override
    public void close() {}
}
