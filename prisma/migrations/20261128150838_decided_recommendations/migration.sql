-- CreateTable
CREATE TABLE "decided_recommendation" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "team" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "from_gear" TEXT NOT NULL,
    "to_gear" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3) NOT NULL,
    "reasons" TEXT[],
    "approvals" JSONB NOT NULL,
    "decisions" JSONB NOT NULL,
    "evidence" JSONB NOT NULL,
    "policy_version" INTEGER NOT NULL,

    CONSTRAINT "decided_recommendation_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateIndex
CREATE INDEX "decided_recommendation_org_id_team_category_closed_at_idx" ON "decided_recommendation"("org_id", "team", "category", "closed_at");

ALTER TABLE decided_recommendation ENABLE ROW LEVEL SECURITY;
ALTER TABLE decided_recommendation FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON decided_recommendation USING (org_id = current_org()) WITH CHECK (org_id = current_org());
GRANT SELECT, INSERT ON decided_recommendation TO gait_app;
CREATE TRIGGER organisation_stands BEFORE INSERT ON decided_recommendation FOR EACH STATEMENT EXECUTE FUNCTION refuse_gone_organisation();

-- What a person decided stays as they read it.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON decided_recommendation FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON decided_recommendation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
