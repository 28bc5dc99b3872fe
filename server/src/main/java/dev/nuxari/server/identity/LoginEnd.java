package dev.nuxari.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.Origin;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.stereotype.Component;

/** Back from the broker: a member gets a session, everybody else a page that says why not. */
@Component
class LoginEnd implements AuthenticationSuccessHandler, AuthenticationFailureHandler {
    private static final Logger log = LoggerFactory.getLogger(LoginEnd.class);

    private final Doorkeeper doorkeeper;
    private final Sessions sessions;
    private final Cookies cookies;
    private final LoginHandshake handshake;

    LoginEnd(Doorkeeper doorkeeper, Sessions sessions, Cookies cookies, LoginHandshake handshake) {
        this.handshake = handshake;
        this.doorkeeper = doorkeeper;
        this.sessions = sessions;
        this.cookies = cookies;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request,
            HttpServletResponse response,
            org.springframework.security.core.Authentication authentication)
            throws IOException {
        if (!(authentication.getPrincipal() instanceof BrokerLogin login)) {
            throw new IllegalStateException("not a login of the broker: " + authentication);
        }
        SignedIn signedIn = login.signedIn();
        Origin origin = new Origin(request.getRemoteAddr(), signedIn.acr());
        Optional<Caller> caller = signedIn.organizations().stream()
                .flatMap(organization -> admitted(organization, signedIn, origin).stream())
                .findFirst();
        if (caller.isEmpty()) {
            signedIn.organizations().forEach(organization -> sessions.refused(organization, signedIn));
            page(
                    response,
                    HttpStatus.FORBIDDEN,
                    "You are no member here",
                    "You signed in, but no organization here counts you among its active members."
                            + " Ask its administrators for an invitation.");
            return;
        }
        SessionSecret secret = sessions.begin(caller.get().organization(), caller.get(), signedIn);
        cookies.setSession(response, secret.cookie());
        redirect(response, LoginStart.local(handshake.returnTo(request)));
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
            throws IOException {
        log.debug("a sign-in did not complete", exception);
        page(
                response,
                HttpStatus.UNAUTHORIZED,
                "The sign-in did not complete",
                "It took too long, was cancelled, or was begun in another browser. Nothing has changed.");
    }

    /** The browser wanted to leave for the broker, and there is none. */
    void brokerIsDown(HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
            throws IOException {
        log.warn("nobody can sign in: {}", exception.getMessage());
        response.setHeader(HttpHeaders.RETRY_AFTER, "5");
        page(
                response,
                HttpStatus.SERVICE_UNAVAILABLE,
                "Signing in is not possible now",
                "The identity broker does not answer. Try again in a few seconds.");
    }

    private Optional<Caller> admitted(OrganizationId organization, SignedIn signedIn, Origin origin) {
        return doorkeeper.admitMember(organization, signedIn.subject(), origin);
    }

    private static void redirect(HttpServletResponse response, String path) {
        response.setStatus(HttpStatus.FOUND.value());
        response.setHeader("Location", path);
    }

    private static void page(HttpServletResponse response, HttpStatus status, String title, String text)
            throws IOException {
        response.setStatus(status.value());
        response.setContentType("text/html;charset=UTF-8");
        response.getOutputStream().write("""
                <!doctype html>
                <html lang="en">
                <head><meta charset="utf-8"><title>%1$s · Nuxari</title></head>
                <body>
                <h1>%1$s</h1>
                <p>%2$s</p>
                <p><a href="/login/start">Sign in again</a></p>
                </body>
                </html>
                """.formatted(title, text).getBytes(UTF_8));
    }
}
