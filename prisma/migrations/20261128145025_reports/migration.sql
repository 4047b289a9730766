-- CreateTable
CREATE TABLE "report" (
    "org_id" UUID NOT NULL,
    "team" TEXT NOT NULL,
    "week" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,
    "frozen_at" TIMESTAMPTZ(3) NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "report_pkey" PRIMARY KEY ("org_id","team","week")
);

-- CreateTable
CREATE TABLE "report_schedule" (
    "org_id" UUID NOT NULL,
    "team" TEXT NOT NULL,
    "weekday" INTEGER NOT NULL,
    "hour" INTEGER NOT NULL,
    "minute" INTEGER NOT NULL,
    "zone" TEXT NOT NULL,

    CONSTRAINT "report_schedule_pkey" PRIMARY KEY ("org_id","team")
);

-- CreateTable
CREATE TABLE "report_failure" (
    "org_id" UUID NOT NULL,
    "team" TEXT NOT NULL,
    "week" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "error" TEXT NOT NULL,
    "failed_at" TIMESTAMPTZ(3) NOT NULL,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "report_failure_pkey" PRIMARY KEY ("org_id","team","week")
);

-- CreateTable
CREATE TABLE "report_due" (
    "org_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "report_due_pkey" PRIMARY KEY ("org_id")
);

-- CreateIndex
CREATE INDEX "report_due_due_at_idx" ON "report_due"("due_at");

-- CreateIndex
CREATE INDEX "task_org_id_decided_at_idx" ON "task"("org_id", "decided_at");

DO $$
DECLARE
  scoped text;
BEGIN
  FOREACH scoped IN ARRAY ARRAY['report', 'report_schedule', 'report_failure'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', scoped);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', scoped);
    EXECUTE format('CREATE POLICY tenant ON %I USING (org_id = current_org()) WITH CHECK (org_id = current_org())', scoped);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO gait_app', scoped);
    EXECUTE format('CREATE TRIGGER organisation_stands BEFORE INSERT ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_gone_organisation()', scoped);
  END LOOP;
END
$$;
GRANT UPDATE, DELETE ON report_schedule, report_failure TO gait_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON report_due TO gait_app;

-- A frozen report stands as long as its organisation. Privileges say so first; the triggers say so to the owner, too.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON report FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON report FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Organisations that stand already get their first report with the next week. Forced row-level security would show an owner that is
-- no superuser none of them.
ALTER TABLE organisation NO FORCE ROW LEVEL SECURITY;
INSERT INTO report_due (org_id, due_at) SELECT org_id, now() FROM organisation;
ALTER TABLE organisation FORCE ROW LEVEL SECURITY;
