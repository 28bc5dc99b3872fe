package dev.nuxari.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RefusedTest {
    @Test
    void problemIsTitleDetailAndFieldsInOneLine() {
        Refused refused = Refused.of(400, """
                {"type":"/problems/invalid-field","title":"A field is not valid","status":400,"detail":"Look below.",
                 "errors":[{"pointer":"/justification","detail":"must not be blank"}]}
                """);

        assertThat(refused.slug()).isEqualTo("invalid-field");
        assertThat(refused.inOneLine())
                .isEqualTo("A field is not valid: Look below. [/justification: must not be blank]");
    }

    @Test
    void answerThatIsNoProblemStillSaysWhatCame() {
        assertThat(Refused.of(418, "<html>").inOneLine()).isEqualTo("The server answered 418");
    }

    @Test
    void errorOfTheBrokerIsShownInItsWords() {
        Refused refused = Refused.of(400, """
                {"error":"invalid_grant","error_description":"Token is not active"}
                """);

        assertThat(refused.inOneLine()).isEqualTo("Token is not active");
    }
}
