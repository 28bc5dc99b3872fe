package dev.nuxari.server.evidence;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.protocol.EvidenceCollection;
import dev.nuxari.protocol.EvidenceControl;
import dev.nuxari.protocol.EvidenceSelector;
import dev.nuxari.server.api.InvalidField;
import dev.nuxari.server.tenancy.Caller;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
class EvidenceCollectionController {
    private static final int LONGEST = 300;

    /** What JSON of ours and the database both write with four digits of a year. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private final EvidenceCollections collections;

    EvidenceCollectionController(EvidenceCollections collections) {
        this.collections = collections;
    }

    /** The packages of a period, with what shows that none is missing. It is written piece by piece, a line for each entry. */
    // Each query parameter has a name of its own.
    @SuppressWarnings("checkstyle:ParameterNumber")
    @ApiResponse(
            responseCode = "200",
            description = "OK",
            content =
                    @Content(
                            mediaType = EvidenceCollection.MEDIA_TYPE,
                            schema = @Schema(type = "string", format = "binary")))
    @GetMapping("/evidence-collections")
    void collectEvidence(
            OrganizationId organization,
            Caller caller,
            HttpServletResponse response,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable String account,
            @RequestParam(required = false) @Nullable ConnectorId connectorId,
            @RequestParam(required = false) @Nullable String control)
            throws IOException {
        EvidenceSelector selector = selector(from, to, about(account, connectorId, control));
        EvidenceCollections.Ready ready = collections.prepare(organization, caller, selector);
        response.setContentType(EvidenceCollection.MEDIA_TYPE);
        String name = "evidence-%s-%s.jsonl".formatted(day(selector.from()), day(selector.to()));
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(name).build().toString());
        ready.writeTo(response.getOutputStream());
    }

    private static EvidenceSelector selector(
            @Nullable Instant from, @Nullable Instant to, EvidenceSelector.About about) {
        Instant begin = written("from", from);
        Instant end = written("to", to);
        if (!begin.isBefore(end)) {
            throw new InvalidField("to", "is not after from");
        }
        return new EvidenceSelector(begin, end, about);
    }

    private static Instant written(String name, @Nullable Instant time) {
        Instant given = InvalidField.required(name, time);
        if (given.isBefore(EARLIEST) || given.isAfter(LATEST)) {
            throw new InvalidField(name, "is not between the years 1 and 9999");
        }
        if (!given.equals(given.truncatedTo(ChronoUnit.MILLIS))) {
            throw new InvalidField(name, "is more precise than a millisecond");
        }
        return given;
    }

    private static EvidenceSelector.About about(
            @Nullable String account, @Nullable ConnectorId connector, @Nullable String control) {
        if (Stream.of(account, connector, control).filter(Objects::nonNull).count() > 1) {
            throw new InvalidField(
                    account == null ? "control" : "account", "stands alone: a collection is about one thing");
        }
        if (account != null) {
            return account(account);
        }
        if (connector != null) {
            return new EvidenceSelector.Connector(connector);
        }
        return control == null
                ? new EvidenceSelector.Anything()
                : new EvidenceSelector.Control(EvidenceControl.of(control)
                        .orElseThrow(
                                () -> new InvalidField("control", "is none that evidence speaks for: " + known())));
    }

    private static EvidenceSelector.Account account(String scope) {
        int separator = scope.indexOf('/');
        boolean named = separator > 0
                && separator < scope.length() - 1
                && scope.length() <= LONGEST
                && scope.chars().noneMatch(Character::isISOControl);
        if (named && isId(scope.substring(0, separator))) {
            return new EvidenceSelector.Account(scope);
        }
        throw new InvalidField("account", "is the id of a connector, a slash, and the account's name in that system");
    }

    private static boolean isId(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static String known() {
        return String.join(
                ", ",
                Stream.of(EvidenceControl.values()).map(EvidenceControl::id).toList());
    }

    private static String day(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }
}
