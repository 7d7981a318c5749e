-- When the enterprise said that it does not agree with what was verified: once for each case; '' until
-- then. What it wrote is an event of its dossier.
ALTER TABLE review_case ADD COLUMN objected_at TEXT NOT NULL DEFAULT '';
