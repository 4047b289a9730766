-- AlterTable
ALTER TABLE "incident" ALTER COLUMN "title" DROP NOT NULL,
ALTER COLUMN "severity" DROP NOT NULL;

-- AlterTable
ALTER TABLE "task" ALTER COLUMN "title" DROP NOT NULL;

-- Until now a ref stood for a title that nobody gave, and SEV4 for a severity: those rows are folded from the record once more.
-- The owner sees no row of a table that forces its policies upon everybody, and there is no organisation to act for here.
ALTER TABLE incident NO FORCE ROW LEVEL SECURITY;
ALTER TABLE task NO FORCE ROW LEVEL SECURITY;

INSERT INTO projection_work (id, org_id, task_refs, incident_refs, lanes, created_at)
SELECT gen_random_uuid(), org_id, '{}', array_agg(ref), '{}', now()
FROM (SELECT org_id, ref, row_number() OVER (PARTITION BY org_id ORDER BY ref) / 500 AS part
  FROM incident WHERE title = ref OR severity = 'SEV4') unsaid
GROUP BY org_id, part;

INSERT INTO projection_work (id, org_id, task_refs, incident_refs, lanes, created_at)
SELECT gen_random_uuid(), org_id, array_agg(ref), '{}', '{}', now()
FROM (SELECT org_id, ref, row_number() OVER (PARTITION BY org_id ORDER BY ref) / 500 AS part
  FROM task WHERE title = ref) unsaid
GROUP BY org_id, part;

ALTER TABLE incident FORCE ROW LEVEL SECURITY;
ALTER TABLE task FORCE ROW LEVEL SECURITY;
