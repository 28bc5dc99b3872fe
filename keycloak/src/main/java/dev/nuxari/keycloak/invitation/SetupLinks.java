package dev.nuxari.keycloak.invitation;

import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.TokenVerifier.Predicate;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.actiontoken.AbstractActionTokenHandler;
import org.keycloak.authentication.actiontoken.ActionTokenContext;
import org.keycloak.authentication.actiontoken.TokenUtils;
import org.keycloak.events.Errors;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.Urls;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.messages.Messages;
import org.keycloak.sessions.AuthenticationSessionCompoundId;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What happens when the link is opened: a page that says what is to be done, and then that. Both times it is asked again whether
 * the link still counts, for an invitation may be over before its link is.
 *
 * <p>Found by Keycloak through its service file. Public, with a public constructor, because Keycloak's build makes it.
 */
public final class SetupLinks extends AbstractActionTokenHandler<SetupToken> {
    public SetupLinks() {
        super(
                SetupToken.TYPE,
                SetupToken.class,
                Messages.EXPIRED_ACTION_TOKEN_NO_SESSION,
                EventType.EXECUTE_ACTIONS,
                Errors.NOT_ALLOWED);
    }

    // An array of a generic type, as Keycloak declares it.
    @SuppressWarnings({"unchecked", "rawtypes"})
    @Override
    public Predicate<? super SetupToken>[] getVerifiers(ActionTokenContext<SetupToken> context) {
        return TokenUtils.predicates(
                verifyEmail(context),
                TokenUtils.checkThat(
                        token -> counts(token, context), Errors.NOT_ALLOWED, Messages.EXPIRED_ACTION_TOKEN_NO_SESSION));
    }

    private static boolean counts(SetupToken token, ActionTokenContext<SetupToken> context) {
        KeycloakSession session = context.getSession();
        UserModel account = context.getAuthenticationSession().getAuthenticatedUser();
        return new OpenSetups(session).isOpen(token)
                && Optional.ofNullable(account)
                        .filter(one -> new Settable(session, context.getRealm()).is(one, token.organization))
                        .isPresent();
    }

    @Override
    public Response handleToken(SetupToken token, ActionTokenContext<SetupToken> context) {
        return context.isAuthenticationSessionFresh() ? announced(token, context) : begun(token, context);
    }

    /** Mail programs and others that look at links get no further than here. */
    private static Response announced(SetupToken token, ActionTokenContext<SetupToken> context) {
        KeycloakSession session = context.getSession();
        AuthenticationSessionModel open = context.getAuthenticationSession();
        token.setCompoundAuthenticationSessionId(
                AuthenticationSessionCompoundId.fromAuthSession(open).getEncodedId());
        String further = Urls.actionTokenBuilder(
                        context.getUriInfo().getBaseUri(),
                        token.serialize(session, context.getRealm(), context.getUriInfo()),
                        open.getClient().getClientId(),
                        open.getTabId(),
                        AuthenticationProcessor.getClientData(session, open))
                .build(context.getRealm().getName())
                .toString();
        return session.getProvider(LoginFormsProvider.class)
                .setAuthenticationSession(open)
                .setUser(open.getAuthenticatedUser())
                .setSuccess(Messages.CONFIRM_EXECUTION_OF_ACTIONS)
                .setAttribute(Constants.TEMPLATE_ATTR_ACTION_URI, further)
                .setAttribute(Constants.TEMPLATE_ATTR_REQUIRED_ACTIONS, token.actions)
                .createInfoPage();
    }

    private static Response begun(SetupToken token, ActionTokenContext<SetupToken> context) {
        AuthenticationSessionModel open = context.getAuthenticationSession();
        token.actions.forEach(open::addRequiredAction);
        // They came from a mail to it.
        open.getAuthenticatedUser().setEmailVerified(true);
        String next = AuthenticationManager.nextRequiredAction(
                context.getSession(), open, context.getRequest(), context.getEvent());
        return AuthenticationManager.redirectToRequiredActions(
                context.getSession(), context.getRealm(), open, context.getUriInfo(), next);
    }

    @Override
    public boolean canUseTokenRepeatedly(SetupToken token, ActionTokenContext<SetupToken> context) {
        return false;
    }
}
