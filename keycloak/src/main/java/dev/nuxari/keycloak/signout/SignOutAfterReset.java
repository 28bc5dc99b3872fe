package dev.nuxari.keycloak.signout;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * Ends a person's sessions when an administrator sets their password, as the page does when they set it themselves: whoever
 * knew the old one may be signed in with it. Each client is told by back-channel logout.
 */
final class SignOutAfterReset implements EventListenerProvider {
    private static final Pattern RESET = Pattern.compile("users/([^/]+)/reset-password");

    private final KeycloakSession session;

    SignOutAfterReset(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {}

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        userOf(event).ifPresent(this::signOut);
    }

    /** Whose password was set, if that is what happened. */
    static Optional<String> userOf(AdminEvent event) {
        String path = event.getResourcePath();
        if (event.getError() != null || event.getOperationType() != OperationType.ACTION || path == null) {
            return Optional.empty();
        }
        Matcher reset = RESET.matcher(path);
        return reset.matches() ? Optional.of(reset.group(1)) : Optional.empty();
    }

    private void signOut(String userId) {
        RealmModel realm = session.getContext().getRealm();
        UserModel user = session.users().getUserById(realm, userId);
        if (user != null) {
            // Listed first: ending one changes what is listed.
            session.sessions()
                    .getUserSessionsStream(realm, user)
                    .toList()
                    .forEach(open -> AuthenticationManager.backchannelLogout(session, open, true));
        }
    }

    @Override
    public void close() {}
}
