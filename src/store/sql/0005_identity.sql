-- Names that differ in a mark only are different names, and are compared by the program.

DROP INDEX enterprise_by_name;
CREATE INDEX enterprise_by_name ON enterprise (name_fold, area) WHERE tax_code IS NULL;
