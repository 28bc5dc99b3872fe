package dev.nuxari.server.shares;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.protocol.AuditExport;
import dev.nuxari.protocol.EvidenceHeader;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.api.PageView;
import dev.nuxari.server.audit.AuditExports;
import dev.nuxari.server.audit.AuditProblem;
import dev.nuxari.server.audit.AuditTrail.Proven;
import dev.nuxari.server.audit.AuditTrail.Recorded;
import dev.nuxari.server.evidence.Evidence;
import dev.nuxari.server.evidence.EvidenceProblem;
import dev.nuxari.server.evidence.ExportFormat;
import dev.nuxari.server.shares.SharedThings.Exported;
import dev.nuxari.server.shares.SharedThings.Introduced;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.transparency.MerkleHash;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** For whoever holds a link: what it shares, to read and to take away. The link is the bearer token. */
@RestController
@RequestMapping("/api/v1/share")
class SharedController {
    private final SharedThings shared;

    SharedController(SharedThings shared) {
        this.shared = shared;
    }

    /** What the link opens: the package, or the events that the filter finds. */
    record IntroductionView(
            UUID id,
            OrganizationId organizationId,
            String organizationName,
            String recipient,
            @Nullable UUID packageId,
            @Nullable Json filter,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Integer usesLeft) {
        static IntroductionView of(OrganizationId organization, Introduced introduced) {
            Share share = introduced.share();
            return new IntroductionView(
                    share.id(),
                    organization,
                    introduced.organizationName(),
                    share.recipient(),
                    ShareController.packageOf(share),
                    ShareController.filterOf(share),
                    share.createdAt(),
                    share.expiresAt(),
                    share.mostUses() == null ? null : share.mostUses() - share.uses());
        }
    }

    record SharedPackageView(
            UUID id,
            UUID workflowId,
            EvidenceHeader.Outcome outcome,
            Json scope,
            Instant sealedAt,
            String merkleRoot,
            PlanHash planHash,
            long logIndex,
            List<Json> records,
            List<Json> signatures) {
        static SharedPackageView of(Evidence.Opened opened) {
            Evidence.Sealed sealed = opened.sealed();
            Json.Obj document = opened.document().json();
            return new SharedPackageView(
                    sealed.id(),
                    sealed.workflow(),
                    sealed.outcome(),
                    document.object("scope"),
                    sealed.sealedAt(),
                    sealed.merkleRoot(),
                    sealed.planHash(),
                    sealed.logIndex(),
                    document.array("records"),
                    document.array("signatures"));
        }
    }

    /** An event as it stands in the log. Names of people are not looked up for strangers. */
    record SharedEventView(long sequence, String leafHash, Json event) {
        static SharedEventView of(Recorded recorded) {
            return new SharedEventView(recorded.sequence(), recorded.leafHash().hex(), recorded.event());
        }
    }

    record ProvenEventView(
            long sequence, String leafHash, Json event, long treeSize, List<String> inclusionProof, String checkpoint) {
        static ProvenEventView of(Proven proven) {
            return new ProvenEventView(
                    proven.recorded().sequence(),
                    proven.recorded().leafHash().hex(),
                    proven.recorded().event(),
                    proven.proof().treeSize(),
                    proven.proof().path().stream().map(MerkleHash::hex).toList(),
                    proven.checkpoint().encoded());
        }
    }

    @GetMapping
    IntroductionView showShared(Caller caller) {
        return IntroductionView.of(caller.organization(), shared.introduce(caller.organization(), caller));
    }

    /** The key manifest of the organization's log. */
    @GetMapping("/keys")
    Json showSharedKeys(Caller caller) {
        return shared.keys(caller.organization(), caller).json();
    }

    @GetMapping("/evidence-package")
    SharedPackageView showSharedPackage(Caller caller) {
        return shared.evidence(caller.organization(), caller)
                .map(SharedPackageView::of)
                .orElseThrow(SharedController::noPackage);
    }

    @GetMapping("/evidence-package/export")
    ResponseEntity<byte[]> exportSharedPackage(
            Caller caller, @RequestParam(required = false) @Nullable ExportFormat format) {
        ExportFormat wanted = format == null ? ExportFormat.JSON : format;
        Exported exported =
                shared.export(caller.organization(), caller, wanted).orElseThrow(SharedController::noPackage);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(wanted.mediaType()))
                .header(HttpHeaders.CONTENT_DISPOSITION, attachment(wanted.fileName(exported.packageId())))
                .body(exported.file());
    }

    @GetMapping("/audit-events")
    PageView<SharedEventView> listSharedEvents(Caller caller, PageRequest page) {
        return PageView.of(
                shared.events(caller.organization(), caller, page).orElseThrow(SharedController::noEvents),
                SharedEventView::of);
    }

    @GetMapping("/audit-events/{sequence}")
    ProvenEventView showSharedEvent(Caller caller, @PathVariable long sequence) {
        return shared.event(caller.organization(), caller, sequence)
                .map(ProvenEventView::of)
                .orElseThrow(SharedController::noEvents);
    }

    @ApiResponse(
            responseCode = "200",
            description = "OK",
            content =
                    @Content(mediaType = AuditExport.MEDIA_TYPE, schema = @Schema(type = "string", format = "binary")))
    @GetMapping("/audit-events/export")
    void exportSharedEvents(Caller caller, HttpServletResponse response) throws IOException {
        AuditExports.Ready ready =
                shared.exportEvents(caller.organization(), caller).orElseThrow(SharedController::noEvents);
        response.setContentType(AuditExport.MEDIA_TYPE);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, attachment("audit-%d.jsonl".formatted(ready.treeSize())));
        ready.writeTo(response.getOutputStream());
    }

    private static String attachment(String name) {
        return ContentDisposition.attachment().filename(name).build().toString();
    }

    private static ProblemException noPackage() {
        return new ProblemException(EvidenceProblem.NO_SUCH_EVIDENCE_PACKAGE, "This link shares no evidence package.");
    }

    private static ProblemException noEvents() {
        return new ProblemException(AuditProblem.NO_SUCH_LOG_ENTRY, "This link shares no such event.");
    }
}
