package dev.nuxari.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.mock.http.MockHttpInputMessage;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** What the framework refuses by itself; bodies are read over HTTP in BadRequestHttpTest. */
class FrameworkFailureTest {
    void route(@PathVariable String id, @RequestParam String state) {}

    @ParameterizedTest
    @CsvSource({
        "404, NO_SUCH_ROUTE",
        "406, NOT_ACCEPTABLE",
        "413, BODY_TOO_LARGE",
        "503, UNAVAILABLE",
        "400, INVALID_FIELD",
        "499, INVALID_FIELD",
        "500, DEFECT",
        "501, DEFECT"
    })
    void whatIsNotKnownIsNamedByItsStatus(int status, ApiProblem expected) {
        FrameworkFailure failure = FrameworkFailure.of(new Exception("inner"), HttpStatusCode.valueOf(status));

        assertThat(failure.type()).isEqualTo(expected);
        assertThat(failure.detail()).doesNotContain("inner");
        assertThat(failure.errors()).isEmpty();
        assertThat(failure.detail().isEmpty()).isEqualTo(expected == ApiProblem.DEFECT);
    }

    @Test
    void routeNamesWhatItCannotTake() {
        assertThat(of(new HttpRequestMethodNotSupportedException("PUT")))
                .isEqualTo("METHOD_NOT_ALLOWED This address does not answer to PUT");
        assertThat(of(new HttpMediaTypeNotSupportedException("text/xml")))
                .isEqualTo("UNSUPPORTED_MEDIA_TYPE Send the body as application/json.");
        assertThat(of(new MissingServletRequestParameterException("from", "Instant")))
                .isEqualTo("INVALID_FIELD from is missing");
        assertThat(of(new HttpMessageNotReadableException("none", new MockHttpInputMessage(new byte[0]))))
                .isEqualTo("MALFORMED_JSON The body is missing.");
    }

    @Test
    void idThatCannotBeOneNamesNothingAndAParameterIsAMistake() throws NoSuchMethodException {
        assertThat(of(mismatch("id", 0))).isEqualTo("NOT_FOUND There is no object with this id.");
        assertThat(of(mismatch("state", 1))).isEqualTo("INVALID_FIELD state has a value that is not possible");
    }

    private MethodArgumentTypeMismatchException mismatch(String name, int index) throws NoSuchMethodException {
        var parameter = new MethodParameter(
                FrameworkFailureTest.class.getDeclaredMethod("route", String.class, String.class), index);
        return new MethodArgumentTypeMismatchException("x", String.class, name, parameter, new Exception("inner"));
    }

    private static String of(Exception exception) {
        FrameworkFailure failure = FrameworkFailure.of(exception, HttpStatus.BAD_REQUEST);
        return failure.type() + " " + failure.detail();
    }
}
