package dev.nuxari.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What people can set up at the broker on the way to being signed in. */
@ServerTest
@Claim("I2")
class LoginActionHttpTest {
    @Autowired
    TestHttp http;

    @ParameterizedTest
    @CsvSource({"totp,CONFIGURE_TOTP", "passkey,webauthn-register-passwordless"})
    void brokerIsAskedToSetUpWhatIsShownAtSignIn(String action, String asked) {
        assertThat(location("/login/start?action=" + action))
                .contains("kc_action=" + asked + "&")
                .doesNotContain("acr_values");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE_PASSWORD", "delete_account", "CONFIGURE_TOTP", "TOTP", "totp%20", ""})
    void brokerIsAskedToSetUpNothingElse(String action) {
        assertThat(location("/login/start?kc_action=delete_account&action=" + action))
                .contains("code_challenge")
                .doesNotContain("kc_action");
    }

    private String location(String path) {
        return http.anonymous().get(path).header("Location").orElse("") + "&";
    }
}
