-- When a member's lock at the broker was ended last. Without a limit, whoever guesses passwords and knows an administrator who
-- ends locks would have as many tries as they like.
CREATE TABLE member_unlock (
    organization_id uuid        NOT NULL REFERENCES organization,
    member_id       uuid        NOT NULL,
    unlocked_at     timestamptz NOT NULL,
    PRIMARY KEY (organization_id, member_id),
    FOREIGN KEY (organization_id, member_id) REFERENCES member
);

CALL protect('member_unlock');
GRANT SELECT, INSERT, UPDATE (unlocked_at) ON member_unlock TO nuxari_app;
