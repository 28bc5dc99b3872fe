package dev.nuxari.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.ScriptedBrowser.SignInRefused;
import dev.nuxari.platform.testing.SharedKeycloak;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Claim("I5")
class BrokerPasswordTest {
    private static final String REALM = "/admin/realms/nuxari";
    private static final String GOOD = "correct-horse-battery";
    private static final String WRONG = "not-the-password";

    @ParameterizedTest
    @CsvSource({
        "elevenchars, Use at least 12 characters",
        "🦊🐻🐼🐨🐯🦁, Use at least 12 characters",
        "iloveyou1234, known from other services",
        "aaaaaaaaaaaaaaaa, repeats or counts up",
        "wilhelmina2026!, little more than your name",
    })
    void whoeverSetsAPasswordHearsWhatIsWrongWithIt(String password, String reason) {
        KeycloakAdmin.Answer made = admin().createUser("nuxari", wilhelmina("flawed@initech.example", password));
        assertThat(made.status()).isEqualTo(400);
        assertThat(admin().userId("nuxari", "flawed@initech.example")).isEmpty();

        String kept = admin().ensureUser("nuxari", wilhelmina("wilhelmina@initech.example", GOOD));
        KeycloakAdmin.Answer changed = setPassword(kept, password);

        assertThat(changed.status()).isEqualTo(400);
        assertThat(changed.body()).contains(reason);
    }

    @Test
    void fiveWrongPasswordsLockAnAccountUntilAnAdministratorOpensIt() {
        String email = "locked@initech.example";
        String person = admin().ensureUser("nuxari", wilhelmina(email, GOOD));
        for (int i = 0; i < 5; i++) {
            refused(email, WRONG);
        }

        String locked = message(refused(email, GOOD));

        assertThat(locked).isEqualTo(message(refused("nobody@initech.example", GOOD)));
        assertThat(lock(person).bool("disabled")).isTrue();

        assertThat(admin().exchange("DELETE", attempts(person), "").status()).isEqualTo(204);
        assertThat(login(email, GOOD).accessToken()).isNotEmpty();
    }

    @Test
    void aLockLastsHalfAnHour() {
        Json.Obj realm = Json.parseObject(admin().exchange("GET", REALM, "").body());

        assertThat(realm.integer("failureFactor")).isEqualTo(5);
        assertThat(realm.integer("waitIncrementSeconds")).isEqualTo(1800);
        assertThat(realm.integer("maxFailureWaitSeconds")).isEqualTo(1800);
    }

    @Test
    void theLeastLengthCannotBeLowered() {
        KeycloakAdmin.Answer answer = admin().exchange(
                        "PUT",
                        REALM,
                        Json.object("passwordPolicy", "nuxari-password(8)").canonical());

        assertThat(answer.status()).isEqualTo(400);
    }

    private static AbstractThrowableAssert<?, ?> refused(String email, String password) {
        return assertThatThrownBy(() -> login(email, password)).isInstanceOf(SignInRefused.class);
    }

    private static String message(AbstractThrowableAssert<?, ?> refused) {
        return String.valueOf(refused.actual().getMessage());
    }

    private static ScriptedLogin.Tokens login(String email, String password) {
        return SharedKeycloak.instance().login().signIn(email, password);
    }

    private static Json.Obj lock(String person) {
        return Json.parseObject(admin().exchange("GET", attempts(person), "").body());
    }

    private static String attempts(String person) {
        return REALM + "/attack-detection/brute-force/users/" + person;
    }

    private static KeycloakAdmin.Answer setPassword(String person, String password) {
        return admin().exchange(
                        "PUT",
                        REALM + "/users/" + person + "/reset-password",
                        Json.object("type", "password", "value", password, "temporary", false)
                                .canonical());
    }

    private static KeycloakAdmin.NewUser wilhelmina(String email, String password) {
        return new KeycloakAdmin.NewUser(email, "Wilhelmina", "Example", password);
    }

    private static KeycloakAdmin admin() {
        return SharedKeycloak.instance().admin();
    }
}
