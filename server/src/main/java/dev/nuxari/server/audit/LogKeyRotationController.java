package dev.nuxari.server.audit;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.protocol.KeyName;
import dev.nuxari.protocol.RetiredKey;
import dev.nuxari.server.api.InvalidField;
import dev.nuxari.server.tenancy.Caller;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/log-key-rotations")
class LogKeyRotationController {
    private static final int LONGEST_JUSTIFICATION = 2000;

    private final LogKeyRotations rotations;

    LogKeyRotationController(LogKeyRotations rotations) {
        this.rotations = rotations;
    }

    /** The version of the manifest that the caller looked at: a key that somebody else replaced is not replaced again. */
    record NewRotation(Integer manifestVersion, String justification) {
        NewRotation {
            InvalidField.required("manifestVersion", manifestVersion);
            justification = InvalidField.text("justification", justification, LONGEST_JUSTIFICATION);
        }
    }

    record RotationView(int manifestVersion, String keyId, String retiredKeyId, Instant rotatedAt, long treeSize) {
        static RotationView of(KeyManifest manifest) {
            RetiredKey retired = manifest.retired().getLast();
            return new RotationView(
                    manifest.version(),
                    manifest.key(KeyName.LOG).keyId(),
                    retired.key().keyId(),
                    retired.notAfter(),
                    retired.treeSize());
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    RotationView rotateLogKey(OrganizationId organization, Caller caller, @RequestBody NewRotation body) {
        return switch (rotations.rotate(organization, caller, body.manifestVersion(), body.justification())) {
            case LogKeyRotations.Rotated(KeyManifest manifest) -> RotationView.of(manifest);
            case LogKeyRotations.Stale(int newest) ->
                throw new ProblemException(
                        AuditProblem.LOG_KEY_ROTATED,
                        "The keys are at version %d. Look at them again before you replace the log key once more."
                                .formatted(newest));
        };
    }
}
