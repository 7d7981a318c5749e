-- What is not rated has no level; until now it had the lowest. Such rows have no percent.

ALTER TABLE assessment RENAME COLUMN level TO level_given;
ALTER TABLE assessment RENAME COLUMN by_total_only TO by_total_given;
ALTER TABLE assessment ADD COLUMN level BIGINT;
ALTER TABLE assessment ADD COLUMN by_total_only BIGINT;
UPDATE assessment SET level = level_given, by_total_only = by_total_given
    WHERE total_percent IS NOT NULL AND level_given >= 0;
ALTER TABLE assessment DROP COLUMN level_given;
ALTER TABLE assessment DROP COLUMN by_total_given;

ALTER TABLE revision RENAME COLUMN level TO level_given;
ALTER TABLE revision RENAME COLUMN by_total_only TO by_total_given;
ALTER TABLE revision ADD COLUMN level BIGINT;
ALTER TABLE revision ADD COLUMN by_total_only BIGINT;
UPDATE revision SET level = level_given, by_total_only = by_total_given
    WHERE total_percent IS NOT NULL AND level_given >= 0;
ALTER TABLE revision DROP COLUMN level_given;
ALTER TABLE revision DROP COLUMN by_total_given;
