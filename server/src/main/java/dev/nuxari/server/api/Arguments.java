package dev.nuxari.server.api;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.TenancyProblem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;

/** What a controller may simply ask for: {@link OrganizationId}, {@link Caller}, {@link PageRequest}, {@link Version}. */
record Arguments<T>(Class<T> type, Function<HttpServletRequest, T> value) implements HandlerMethodArgumentResolver {
    private static final Pattern STRONG_TAG = Pattern.compile("\"(\\d{1,9})\"");

    static List<HandlerMethodArgumentResolver> all() {
        return List.of(
                new Arguments<>(OrganizationId.class, Arguments::organization),
                new Arguments<>(Caller.class, Arguments::caller),
                new Arguments<>(PageRequest.class, Arguments::page),
                new Arguments<>(Version.class, Arguments::version));
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType().equals(type);
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return value.apply((HttpServletRequest) request.getNativeRequest());
    }

    /** The one in the path; for a caller with a role it has been compared with what the broker signed. */
    private static OrganizationId organization(HttpServletRequest request) {
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                && variables.get("organizationId") instanceof String text) {
            try {
                return OrganizationId.parse(text);
            } catch (IllegalArgumentException _) {
                throw new ProblemException(
                        TenancyProblem.NO_SUCH_ORGANIZATION, "No organization of yours answers to this address.");
            }
        }
        throw new IllegalStateException("the route has no {organizationId}");
    }

    private static Caller caller(HttpServletRequest request) {
        return Callers.of(request)
                .orElseThrow(() -> new ProblemException(ApiProblem.UNAUTHENTICATED, "Sign in first."));
    }

    private static PageRequest page(HttpServletRequest request) {
        String limit = request.getParameter("limit");
        String cursor = request.getParameter("cursor");
        return new PageRequest(
                limit == null ? PageRequest.DEFAULT : number(limit), cursor == null ? null : PageView.open(cursor));
    }

    private static int number(String limit) {
        try {
            return Integer.parseInt(limit);
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    static Version version(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.IF_MATCH);
        if (header == null) {
            throw new ProblemException(
                    ApiProblem.PRECONDITION_REQUIRED, "Send If-Match with the ETag that you read, such as \"3\".");
        }
        Matcher tag = STRONG_TAG.matcher(header.strip());
        if (!tag.matches()) {
            throw new ProblemException(ApiProblem.INVALID_HEADER, "If-Match is an ETag of this server, such as \"3\".");
        }
        return new Version(Integer.parseInt(tag.group(1)));
    }
}
