-- How an approver had signed in when they decided (OpenID Connect Core, section 2): evidence says it, so it is kept with the
-- decision. Null for decisions from before, and where the broker said nothing.

ALTER TABLE approval_decision ADD COLUMN acr text;

-- As protect() does for the columns that were there when it was called.
ALTER TABLE approval_decision ALTER COLUMN acr SET STATISTICS 0;
