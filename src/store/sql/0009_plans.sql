-- Action plans: what an enterprise, or the province, will do, row by row. Texts are as people typed
-- them. Which columns a row needs is data (reports/action-plan.json) and checked by the program.

-- enterprise is NULL for a task of the province that concerns no single enterprise; rows of an
-- enterprise go with it. version grows with each change. source is what the row was made from:
-- 'package:ID', 'step:QUESTION', 'policy:ID', or ''. account is who changed it last; 0: the command line.
CREATE TABLE plan_row (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL,
    enterprise BIGINT REFERENCES enterprise (id) ON DELETE CASCADE,
    is_province BIGINT NOT NULL CHECK (is_province IN (0, 1)),
    person TEXT NOT NULL,
    task TEXT NOT NULL,
    due_on TEXT NOT NULL,
    responsibility TEXT NOT NULL,
    authority TEXT NOT NULL,
    result TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'doing', 'done', 'dropped')),
    done_on TEXT,
    source TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    account BIGINT NOT NULL,
    CHECK (is_province = 1 OR enterprise IS NOT NULL),
    CHECK ((state = 'done') = (done_on IS NOT NULL))
);

CREATE INDEX plan_row_by_enterprise ON plan_row (enterprise);
CREATE INDEX plan_row_by_due ON plan_row (due_on, id);
