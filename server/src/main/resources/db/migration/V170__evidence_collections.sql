-- From an entry of the log to the package that it seals. There is one such entry for each package.
CREATE INDEX evidence_package_log_index ON evidence_package (organization_id, log_index);
