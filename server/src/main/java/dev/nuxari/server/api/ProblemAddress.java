package dev.nuxari.server.api;

import java.net.URI;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Names the address that a problem is about without repeating what else may have got into it: a problem is copied into
 * tickets, and kept for whoever sends the request again.
 */
@RestControllerAdvice
class ProblemAddress implements ResponseBodyAdvice<Object> {
    private static final String ELSE = "-";
    /** A word of a route, a number, an id. */
    private static final Pattern OURS =
            Pattern.compile("|[A-Za-z.-]{1,32}|v?\\d{1,19}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    @Override
    public boolean supports(MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        return ResponseEntity.class.isAssignableFrom(returned.getParameterType());
    }

    // The framework's contract has one parameter more than ours have.
    @SuppressWarnings("checkstyle:ParameterNumber")
    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returned,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (body instanceof ProblemDetail problem) {
            problem.setInstance(URI.create(shown(request.getURI().getRawPath())));
        }
        return body;
    }

    static String shown(String path) {
        return Stream.of(path.split("/", -1))
                .map(segment -> OURS.matcher(segment).matches() ? segment : ELSE)
                .collect(Collectors.joining("/"));
    }
}
