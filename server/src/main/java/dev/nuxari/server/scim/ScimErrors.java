package dev.nuxari.server.scim;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Says in SCIM's words (RFC 7644, section 3.12) what the rest of the interface says as a problem. */
@RestControllerAdvice
class ScimErrors implements ResponseBodyAdvice<Object> {
    static final MediaType SCIM = MediaType.parseMediaType("application/scim+json");
    private static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error";

    @Override
    public boolean supports(MethodParameter answer, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @SuppressWarnings("checkstyle:ParameterNumber") // The framework's.
    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter answer,
            MediaType selected,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (!(body instanceof ProblemDetail problem)
                || !request.getURI().getPath().startsWith(ScimController.PATH + "/")) {
            return body;
        }
        response.getHeaders().setContentType(SCIM);
        String detail = problem.getDetail();
        return error(problem.getStatus(), null, detail == null ? String.valueOf(problem.getTitle()) : detail);
    }

    static Json.Obj error(int status, @Nullable String scimType, String detail) {
        return Json.object("schemas", Json.array(SCHEMA), "status", String.valueOf(status), "detail", detail)
                .withPresent("scimType", scimType);
    }

    /** Said alike of every token that opens nothing. */
    static void unauthenticated(HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        write(
                response,
                error(HttpServletResponse.SC_UNAUTHORIZED, null, "Send the token of a directory as a bearer token."));
    }

    private static void write(HttpServletResponse response, Json.Obj error) throws IOException {
        response.setContentType(SCIM.toString());
        response.getOutputStream().write(error.canonical().getBytes(UTF_8));
    }

    /** Where the operator finds what happened. */
    static String defect() {
        return "The operator finds the cause in the log, under the trace id " + MDC.get("traceId") + ".";
    }
}
