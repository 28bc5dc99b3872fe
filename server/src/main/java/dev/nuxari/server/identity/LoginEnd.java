package dev.nuxari.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.api.StepUp;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Origin;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
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

    private final Arrivals arrivals;
    private final Entries entries;
    private final EntryWitness witness;
    private final Sessions sessions;
    private final Cookies cookies;
    private final LoginHandshake handshake;
    private final ObjectProvider<ArrivalStep> steps;

    LoginEnd(
            Arrivals arrivals,
            Entries entries,
            EntryWitness witness,
            Sessions sessions,
            Cookies cookies,
            LoginHandshake handshake,
            ObjectProvider<ArrivalStep> steps) {
        this.arrivals = arrivals;
        this.steps = steps;
        this.handshake = handshake;
        this.entries = entries;
        this.witness = witness;
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
        if (handshake.demanded(request, StepUp.LEVEL) && !signedIn.assurance().isMfa()) {
            page(
                    response,
                    HttpStatus.FORBIDDEN,
                    "You were not asked for a second factor",
                    "It was demanded, but your identity provider did not ask for it. Nothing has changed."
                            + " Ask your administrators.",
                    LoginStart.PATH);
            return;
        }
        if (!arrivals.isSpokenFor(signedIn, request.getRemoteAddr())) {
            noMember(response, signedIn);
            return;
        }
        switch (arrive(login, request, response)) {
            case ArrivalRuling.KeptOut(String title, String text) ->
                page(response, HttpStatus.FORBIDDEN, title, text, LoginStart.PATH + "?maxAge=0");
            // The broker signed who they were before that.
            case ArrivalRuling.Joined(OrganizationId joined)
            when !signedIn.organizations().contains(joined) -> redirect(response, LoginStart.PATH);
            case ArrivalRuling.Joined _, ArrivalRuling.Unchanged _ -> enter(request, response, signedIn);
        }
    }

    /** The first step that does something is the one that counts. */
    private ArrivalRuling arrive(BrokerLogin login, HttpServletRequest request, HttpServletResponse response) {
        SignedIn signedIn = login.signedIn();
        var arrival = new Arrival(
                signedIn.subject(),
                Optional.ofNullable(signedIn.federated()).map(Federated::organization),
                login.profile(),
                new Origin(request.getRemoteAddr(), signedIn.acr()));
        return steps.orderedStream()
                .map(step -> step.arrive(arrival, request, response))
                .filter(ruling -> !(ruling instanceof ArrivalRuling.Unchanged))
                .findFirst()
                .orElseGet(ArrivalRuling.Unchanged::new);
    }

    private void enter(HttpServletRequest request, HttpServletResponse response, SignedIn signedIn) throws IOException {
        List<Entry> answers = signedIn.organizations().stream()
                .map(organization -> entries.at(organization, signedIn, request.getRemoteAddr()))
                .toList();
        Optional<Entry.Admitted> admitted = first(answers, Entry.Admitted.class);
        Optional<Entry.Refused> refused = first(answers, Entry.Refused.class);
        if (admitted.isPresent()) {
            begin(request, response, admitted.get().caller(), signedIn);
        } else if (refused.isPresent()) {
            keptOut(response, refused.get(), signedIn);
        } else {
            noMember(response, signedIn);
        }
    }

    private static <T extends Entry> Optional<T> first(List<Entry> answers, Class<T> kind) {
        return answers.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    private void begin(HttpServletRequest request, HttpServletResponse response, Caller caller, SignedIn signedIn) {
        SessionSecret secret = sessions.begin(caller.organization(), caller, signedIn);
        cookies.setSession(response, secret.cookie());
        redirect(response, LoginStart.local(handshake.returnTo(request)));
    }

    /** Before a session exists. */
    private void keptOut(HttpServletResponse response, Entry.Refused refused, SignedIn signedIn) throws IOException {
        EntryRefusal why = refused.why();
        witness.saw(refused, signedIn.assurance());
        page(
                response,
                HttpStatus.valueOf(why.status()),
                why.title(),
                why.detail(),
                why == EntryRefusal.MFA ? LoginStart.PATH + "?acr=" + StepUp.LEVEL : LoginStart.PATH + "?maxAge=0");
    }

    private void noMember(HttpServletResponse response, SignedIn signedIn) throws IOException {
        signedIn.organizations().forEach(organization -> sessions.refused(organization, signedIn));
        page(
                response,
                HttpStatus.FORBIDDEN,
                "You are no member here",
                "You signed in, but no organization here counts you among its active members."
                        + " Ask its administrators for an invitation.",
                LoginStart.PATH);
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
                "It took too long, was cancelled, or was begun in another browser. Nothing has changed.",
                LoginStart.PATH);
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
                "The identity broker does not answer. Try again in a few seconds.",
                LoginStart.PATH);
    }

    private static void redirect(HttpServletResponse response, String path) {
        response.setStatus(HttpStatus.FOUND.value());
        response.setHeader("Location", path);
    }

    private static void page(HttpServletResponse response, HttpStatus status, String title, String text, String signIn)
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
                <p><a href="%3$s">Sign in again</a></p>
                </body>
                </html>
                """.formatted(title, text, signIn).getBytes(UTF_8));
    }
}
