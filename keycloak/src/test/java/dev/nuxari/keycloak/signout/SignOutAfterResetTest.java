package dev.nuxari.keycloak.signout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;

/** Which of an administrator's actions sets a password; that the sessions end is seen with the real broker, in e2e. */
class SignOutAfterResetTest {
    private final AdminEvent event = new AdminEvent();

    @Test
    void passwordThatWasSetNamesThePerson() {
        happened(OperationType.ACTION, "users/0198-aa/reset-password");

        assertThat(SignOutAfterReset.userOf(event)).contains("0198-aa");
    }

    @Test
    void passwordThatWasRefusedIsTheOldOne() {
        happened(OperationType.ACTION, "users/0198-aa/reset-password");
        event.setError("invalidPasswordMinLengthMessage");

        assertThat(SignOutAfterReset.userOf(event)).isEmpty();
    }

    @Test
    void nothingElseSignsAnybodyOut() {
        happened(OperationType.ACTION, "users/0198-aa/reset-password-email");
        assertThat(SignOutAfterReset.userOf(event)).isEmpty();

        happened(OperationType.UPDATE, "users/0198-aa/reset-password");
        assertThat(SignOutAfterReset.userOf(event)).isEmpty();

        happened(OperationType.UPDATE, "users/0198-aa");
        assertThat(SignOutAfterReset.userOf(event)).isEmpty();
    }

    private void happened(OperationType operation, String path) {
        event.setOperationType(operation);
        event.setResourcePath(path);
    }
}
