-- One more signing key per organization, made when it is first asked for: it signs exported files for verifiers that know
-- Sigstore. And where in the log the signing of a package's file stands; what was signed is in the event.

ALTER TABLE signing_key DROP CONSTRAINT signing_key_name_check;
ALTER TABLE signing_key ADD CONSTRAINT signing_key_name_check CHECK (name IN ('log', 'action', 'archive', 'export'));

CREATE TABLE evidence_attestation (
    organization_id uuid   NOT NULL REFERENCES organization,
    package_id      uuid   NOT NULL,
    log_index       bigint NOT NULL,
    PRIMARY KEY (organization_id, package_id),
    FOREIGN KEY (organization_id, package_id) REFERENCES evidence_package,
    FOREIGN KEY (organization_id, log_index) REFERENCES audit_event
);

CALL protect('evidence_attestation');
CALL append_only('evidence_attestation');
