package dev.nuxari.server.audit;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.protocol.AuditExport;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.tenancy.Caller;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
class AuditExportController {
    private final AuditExports exports;

    AuditExportController(AuditExports exports) {
        this.exports = exports;
    }

    /** What the list finds, as a file that verifies offline. It is written piece by piece: the end of it says that it is whole. */
    // Each query parameter has a name of its own.
    @SuppressWarnings("checkstyle:ParameterNumber")
    @ApiResponse(
            responseCode = "200",
            description = "OK",
            content =
                    @Content(mediaType = AuditExport.MEDIA_TYPE, schema = @Schema(type = "string", format = "binary")))
    @GetMapping("/audit-events/export")
    void exportAuditEvents(
            OrganizationId organization,
            Caller caller,
            HttpServletResponse response,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String targetType,
            @RequestParam(required = false) @Nullable String targetId,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable Outcome outcome,
            @RequestParam(required = false) @Nullable UUID approvalRef,
            @RequestParam(required = false) @Nullable UUID requestId,
            @RequestParam(required = false) @Nullable UUID following)
            throws IOException {
        var filter = new AuditFilter(
                actor, action, targetType, targetId, from, to, outcome, approvalRef, requestId, following);
        AuditExports.Ready ready = exports.prepare(organization, caller, filter);
        response.setContentType(AuditExport.MEDIA_TYPE);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("audit-%d.jsonl".formatted(ready.treeSize()))
                        .build()
                        .toString());
        ready.writeTo(response.getOutputStream());
    }
}
