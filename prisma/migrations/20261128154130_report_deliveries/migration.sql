-- AlterTable
ALTER TABLE "report_schedule" ADD COLUMN     "is_sent" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "report_choice" (
    "org_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "team" TEXT NOT NULL,
    "wants" BOOLEAN NOT NULL,

    CONSTRAINT "report_choice_pkey" PRIMARY KEY ("org_id","person_id","team")
);

-- CreateTable
CREATE TABLE "delivery" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "team" TEXT NOT NULL,
    "week" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "address" TEXT,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "delivery_due" (
    "org_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "delivery_due_pkey" PRIMARY KEY ("org_id")
);

-- CreateIndex
CREATE INDEX "delivery_org_id_status_next_try_at_idx" ON "delivery"("org_id", "status", "next_try_at");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_org_id_team_week_person_id_key" ON "delivery"("org_id", "team", "week", "person_id");

-- CreateIndex
CREATE INDEX "delivery_due_due_at_idx" ON "delivery_due"("due_at");

DO $$
DECLARE
  scoped text;
BEGIN
  FOREACH scoped IN ARRAY ARRAY['report_choice', 'delivery'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', scoped);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', scoped);
    EXECUTE format('CREATE POLICY tenant ON %I USING (org_id = current_org()) WITH CHECK (org_id = current_org())', scoped);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO gait_app', scoped);
    EXECUTE format('CREATE TRIGGER organisation_stands BEFORE INSERT ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_gone_organisation()', scoped);
  END LOOP;
END
$$;
GRANT SELECT, INSERT, UPDATE, DELETE ON delivery_due TO gait_app;
