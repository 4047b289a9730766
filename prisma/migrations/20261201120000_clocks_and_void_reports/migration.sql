-- CreateTable
CREATE TABLE "clock_run" (
    "number" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "set_back_from" TIMESTAMPTZ(3),
    "is_mending_due" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "clock_run_pkey" PRIMARY KEY ("number")
);

-- A week may have several editions, all but one of them void. A version that knows none goes on writing the first.
ALTER TABLE "report" ADD COLUMN "edition" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "report" DROP CONSTRAINT "report_pkey", ADD CONSTRAINT "report_pkey" PRIMARY KEY ("org_id", "team", "week", "edition");

-- CreateTable
CREATE TABLE "report_void" (
    "org_id" UUID NOT NULL,
    "team" TEXT NOT NULL,
    "week" TEXT NOT NULL,
    "edition" INTEGER NOT NULL,
    "voided_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "report_void_pkey" PRIMARY KEY ("org_id","team","week","edition")
);

-- AddForeignKey
ALTER TABLE "report_void" ADD CONSTRAINT "report_void_org_id_team_week_edition_fkey" FOREIGN KEY ("org_id", "team", "week", "edition") REFERENCES "report"("org_id", "team", "week", "edition") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE report_void ENABLE ROW LEVEL SECURITY;
ALTER TABLE report_void FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON report_void USING (org_id = current_org()) WITH CHECK (org_id = current_org());
GRANT SELECT, INSERT ON report_void TO gait_app;
CREATE TRIGGER organisation_stands BEFORE INSERT ON report_void FOR EACH STATEMENT EXECUTE FUNCTION refuse_gone_organisation();

-- That a report is void stands as long as the report does.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON report_void FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON report_void FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
