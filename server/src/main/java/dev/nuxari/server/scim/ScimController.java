package dev.nuxari.server.scim;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.captaingoldfish.scim.sdk.common.constants.ScimType;
import de.captaingoldfish.scim.sdk.common.constants.enums.HttpMethod;
import de.captaingoldfish.scim.sdk.common.exceptions.NotImplementedException;
import de.captaingoldfish.scim.sdk.common.response.ErrorResponse;
import de.captaingoldfish.scim.sdk.common.response.ScimResponse;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.identity.PublicAddress;
import dev.nuxari.server.scim.ScimService.GroupRuling;
import dev.nuxari.server.scim.ScimService.Request;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** SCIM 2.0 (RFC 7644). It is described by itself, at {@code /Schemas} and its neighbours, and not with the rest of the interface. */
@Hidden
@RestController
@RequestMapping(ScimController.PATH + "/{organizationId}")
class ScimController {
    static final String PATH = "/scim/v2";

    private static final Logger log = LoggerFactory.getLogger(ScimController.class);
    private static final int LONGEST_FILTER = 2_000;
    private static final int DEEPEST_FILTER = 16;
    private static final int NOT_MODIFIED = 304;
    private static final int DEFECT = 500;
    private static final String CLIENT = "dev.nuxari.server.scim.DirectoryClient";

    private final ScimService service;
    private final PublicAddress address;

    ScimController(ScimService service, PublicAddress address) {
        this.service = service;
        this.address = address;
    }

    @GetMapping({
        "/ServiceProviderConfig",
        "/ResourceTypes",
        "/ResourceTypes/{id}",
        "/Schemas",
        "/Schemas/{id}",
        "/Users",
        "/Users/{id}",
        "/Groups",
        "/Groups/{id}"
    })
    ResponseEntity<String> show(
            OrganizationId organization, @RequestAttribute(CLIENT) DirectoryClient client, HttpServletRequest request) {
        return answered(organization, client, request, null);
    }

    @PostMapping({"/Users", "/Users/.search", "/Groups", "/Groups/.search", "/Bulk"})
    ResponseEntity<String> send(
            OrganizationId organization, @RequestAttribute(CLIENT) DirectoryClient client, HttpServletRequest request)
            throws IOException {
        return withBody(organization, client, request);
    }

    @PutMapping({"/Users/{id}", "/Groups/{id}"})
    ResponseEntity<String> replace(
            OrganizationId organization, @RequestAttribute(CLIENT) DirectoryClient client, HttpServletRequest request)
            throws IOException {
        return withBody(organization, client, request);
    }

    @PatchMapping("/Users/{id}")
    ResponseEntity<String> changeUser(
            OrganizationId organization, @RequestAttribute(CLIENT) DirectoryClient client, HttpServletRequest request)
            throws IOException {
        return withBody(organization, client, request);
    }

    @PatchMapping("/Groups/{id}")
    ResponseEntity<String> changeGroup(
            OrganizationId organization,
            @RequestAttribute(CLIENT) DirectoryClient client,
            @PathVariable String id,
            HttpServletRequest request)
            throws IOException {
        try {
            Json.Obj body = body(request);
            Optional<GroupPatch> patch = body.has("Operations") ? GroupPatch.of(body) : Optional.empty();
            return patch.isPresent() && Ids.parse(id).isPresent()
                    ? patched(service.patchGroup(
                            client, Ids.parse(id).get(), patch.get(), request.getHeader(HttpHeaders.IF_MATCH)))
                    : answered(organization, client, request, body);
        } catch (JsonException e) {
            return unreadable(e);
        } catch (ScimRefused e) {
            return refused(e.why());
        } catch (ScimTrouble e) {
            return error(e.getStatus(), null, e.getDetail());
        }
    }

    @DeleteMapping({"/Users/{id}", "/Groups/{id}"})
    ResponseEntity<String> remove(
            OrganizationId organization, @RequestAttribute(CLIENT) DirectoryClient client, HttpServletRequest request) {
        return answered(organization, client, request, null);
    }

    private static ResponseEntity<String> patched(GroupRuling ruling) {
        return switch (ruling) {
            case GroupRuling.Changed(int version) ->
                ResponseEntity.noContent()
                        .header(HttpHeaders.ETAG, ScimService.eTag(version))
                        .build();
            case GroupRuling.Unknown _ -> error(404, null, "There is no such group.");
            case GroupRuling.Stale _ -> error(412, null, "The group has changed since.");
        };
    }

    private ResponseEntity<String> withBody(
            OrganizationId organization, DirectoryClient client, HttpServletRequest request) throws IOException {
        try {
            return answered(organization, client, request, body(request));
        } catch (JsonException e) {
            return unreadable(e);
        }
    }

    /** Read by our own reader first, which knows how deep and how much a body may be, and takes nothing for UTF-8 that is not. */
    private static Json.Obj body(HttpServletRequest request) throws IOException {
        byte[] bytes = request.getInputStream().readAllBytes();
        try {
            return PatchShapes.standard(Json.parseObject(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString()));
        } catch (CharacterCodingException _) {
            throw new JsonException("", "it is not in UTF-8");
        }
    }

    private ResponseEntity<String> answered(
            OrganizationId organization, DirectoryClient client, HttpServletRequest request, Json.@Nullable Obj body) {
        if (isTooMuch(request.getParameter("filter")) || (body != null && hasTooMuch(body))) {
            return refused(ScimRefusal.FILTER_TOO_LONG);
        }
        ScimResponse answer = service.answer(
                client,
                new Request(
                        address(organization, request),
                        HttpMethod.valueOf(request.getMethod().equals("HEAD") ? "GET" : request.getMethod()),
                        body == null ? null : body.canonical(),
                        headers(request)));
        if (answer instanceof ErrorResponse failure) {
            return failed(failure, badRequest(request, body));
        }
        return written(answer);
    }

    /** The library reads filters and paths by recursion. */
    private static boolean isTooMuch(@Nullable String filter) {
        return filter != null
                && (filter.length() > LONGEST_FILTER
                        || filter.chars()
                                        .filter(letter -> letter == '(' || letter == '[')
                                        .count()
                                > DEEPEST_FILTER);
    }

    private static boolean hasTooMuch(Json value) {
        return switch (value) {
            case Json.Obj object ->
                object.members().entrySet().stream()
                        .anyMatch(one -> isTooMuch(one.getKey(), one.getValue()) || hasTooMuch(one.getValue()));
            case Json.Arr array -> array.items().stream().anyMatch(ScimController::hasTooMuch);
            default -> false;
        };
    }

    private static boolean isTooMuch(String name, Json value) {
        boolean isFilter = name.equalsIgnoreCase("filter") || name.equalsIgnoreCase("path");
        return isFilter && value instanceof Json.Str(String text) && isTooMuch(text);
    }

    /** As the organization sees it from outside: addresses in answers begin with it. */
    private String address(OrganizationId organization, HttpServletRequest request) {
        String base = PATH + "/" + organization;
        String below = request.getRequestURI().substring(base.length());
        String query = request.getQueryString();
        return address.baseUrl().resolve(base) + below + (query == null ? "" : "?" + query);
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        Map<String, String> headers = new HashMap<>();
        for (String name : new String[] {HttpHeaders.CONTENT_TYPE, HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH}) {
            String value = request.getHeader(name);
            // Whatever version it is, it has to be there: that is looked at anyway.
            if (value != null && !value.strip().equals("*")) {
                headers.put(name, value);
            }
        }
        return headers;
    }

    /** What is wrong with a bad request of which the library does not say it, or calls a path a filter. */
    private static String badRequest(HttpServletRequest request, Json.@Nullable Obj body) {
        if (body == null || request.getRequestURI().endsWith("/.search")) {
            return ScimType.RFC7644.INVALID_FILTER;
        }
        return request.getMethod().equals("PATCH") ? ScimType.RFC7644.INVALID_PATH : ScimType.RFC7644.INVALID_VALUE;
    }

    private static ResponseEntity<String> written(ScimResponse answer) {
        HttpHeaders headers = new HttpHeaders();
        answer.getHttpHeaders().forEach(headers::set);
        headers.setContentType(ScimErrors.SCIM);
        String version = answer.path("meta").path("version").textValue();
        if (version != null) {
            headers.set(HttpHeaders.ETAG, version);
        }
        var entity = ResponseEntity.status(answer.getHttpStatus()).headers(headers);
        return answer.isEmpty() ? entity.build() : entity.body(answer.toString());
    }

    /**
     * What fails in the library and not in our own code fails because of what was sent.
     *
     * @param otherwise the kind of a bad request of which the library says none
     */
    private static ResponseEntity<String> failed(ErrorResponse failure, String otherwise) {
        int status = failure.getHttpStatus();
        if (failure.getScimException() instanceof ScimTrouble trouble) {
            return error(trouble.getStatus(), null, trouble.getDetail());
        }
        if (failure.getScimException() instanceof NotImplementedException) {
            return error(status, null, "This is not supported.");
        }
        if (status >= DEFECT) {
            log.warn("a directory's request cannot be read", failure.getScimException());
            return error(400, ScimType.RFC7644.INVALID_VALUE, "What was sent cannot be read as what it should be.");
        }
        if (status == NOT_MODIFIED) {
            return ResponseEntity.status(status).build();
        }
        String scimType = failure.getScimType()
                .map(said -> said.equals(ScimType.RFC7644.INVALID_FILTER) ? otherwise : said)
                .orElse(status == 400 ? otherwise : null);
        return error(status, scimType, failure.getDetail().orElse("It was refused."));
    }

    private static ResponseEntity<String> unreadable(JsonException e) {
        return error(400, ScimType.RFC7644.INVALID_SYNTAX, "The body is no JSON object: " + e.getMessage());
    }

    private static ResponseEntity<String> refused(ScimRefusal why) {
        return error(why.status(), why.scimType(), why.detail());
    }

    private static ResponseEntity<String> error(int status, @Nullable String scimType, String detail) {
        return ResponseEntity.status(status)
                .contentType(ScimErrors.SCIM)
                .body(ScimErrors.error(status, scimType, detail).canonical());
    }
}
