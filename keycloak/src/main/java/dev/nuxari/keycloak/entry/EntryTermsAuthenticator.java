package dev.nuxari.keycloak.entry;

import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The last step of every sign-in: whoever passes gets a session of the broker. It also stands where a second factor can still be
 * asked for, and has it asked for. A refusal is a page and no failure, or it would count as a wrong password.
 */
final class EntryTermsAuthenticator implements Authenticator {
    static final String PAGE = "nuxari-refused.ftl";
    private static final String ERROR = "nuxari_entry_refused";

    private final InstantSource clock;

    EntryTermsAuthenticator(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        SignIn signIn = new SignIn(context);
        Attempt attempt = signIn.attempt(clock.instant());
        Ruling ruling = EntryRule.judge(signIn.terms(), attempt, clock.instant());
        if (isFollowedBySecondFactor(context.getAuthenticatorConfig())) {
            before(context, signIn, ruling);
        } else {
            atTheEnd(context, signIn, attempt, ruling);
        }
    }

    /** The page's button. */
    @Override
    public void action(AuthenticationFlowContext context) {
        authenticate(context);
    }

    private static boolean isFollowedBySecondFactor(@Nullable AuthenticatorConfigModel config) {
        return config != null
                && Boolean.parseBoolean(config.getConfig().get(EntryTermsAuthenticatorFactory.SECOND_FACTOR_FOLLOWS));
    }

    /** A passkey shows two factors at once, so the level of two is asked for, and reached. */
    private void before(AuthenticationFlowContext context, SignIn signIn, Ruling ruling) {
        if (signIn.isWithPasskey() || ruling instanceof Ruling.SecondFactorMissing) {
            signIn.demandSecondFactor();
        }
        switch (ruling) {
            case Ruling.Admitted _, Ruling.SecondFactorMissing _ -> context.success();
            case Ruling.SignInMissing(Refusal why) -> refuse(context, why);
            case Ruling.Refused(Refusal why) -> refuse(context, why);
        }
    }

    private void atTheEnd(AuthenticationFlowContext context, SignIn signIn, Attempt attempt, Ruling ruling) {
        if (signIn.isForTheAccountItself() && signIn.isOnAProvidersWord()) {
            refuse(context, Refusal.ACCOUNT_CHANGE);
            return;
        }
        switch (ruling) {
            case Ruling.Admitted _ -> {
                signIn.record(attempt);
                context.success();
            }
            case Ruling.SecondFactorMissing _ -> askOrRefuse(context, signIn, Refusal.MFA);
            case Ruling.SignInMissing(Refusal why) -> askOrRefuse(context, signIn, why);
            case Ruling.Refused(Refusal why) -> refuse(context, why);
        }
    }

    /** A session that was begun on other terms: the person is asked, instead of being told to come back in another way. */
    private void askOrRefuse(AuthenticationFlowContext context, SignIn signIn, Refusal why) {
        if (!signIn.isByCookie() || !signIn.asksFirst(why)) {
            refuse(context, why);
            return;
        }
        if (why == Refusal.MFA) {
            signIn.demandSecondFactor();
        } else {
            signIn.demandSignIn();
        }
        context.resetFlow();
    }

    private void refuse(AuthenticationFlowContext context, Refusal why) {
        String address =
                Optional.ofNullable(context.getConnection().getRemoteAddr()).orElse("?");
        context.getEvent()
                .user(context.getUser())
                .detail("nuxari_refusal", why.spelled())
                .error(ERROR);
        Response page = context.form()
                .setAttribute("nuxariRefusal", Map.of("why", why.spelled(), "address", address))
                .setAttributeMapper(EntryTermsAuthenticator::withoutSteps)
                .createForm(PAGE);
        context.challenge(
                Response.fromResponse(page).status(Response.Status.FORBIDDEN).build());
    }

    /** Nothing is to be typed on the page, and nothing tried in its place. */
    private static Map<String, Object> withoutSteps(Map<String, Object> attributes) {
        attributes.remove("auth");
        return attributes;
    }

    @Override
    public boolean requiresUser() {
        return true;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {}

    @Override
    public void close() {}
}
