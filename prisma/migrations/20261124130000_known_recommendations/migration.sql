-- CreateTable
CREATE TABLE "known_recommendation" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "known_recommendation_pkey" PRIMARY KEY ("org_id","id")
);

-- Of those that stand already nobody noted it: they count as known when they opened. Forced row-level security would show an
-- owner that is no superuser none of them.
ALTER TABLE recommendation NO FORCE ROW LEVEL SECURITY;
INSERT INTO known_recommendation (org_id, id, since) SELECT org_id, id, opened_at FROM recommendation;
ALTER TABLE recommendation FORCE ROW LEVEL SECURITY;

ALTER TABLE known_recommendation ENABLE ROW LEVEL SECURITY;
ALTER TABLE known_recommendation FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON known_recommendation USING (org_id = current_org()) WITH CHECK (org_id = current_org());
GRANT SELECT, INSERT, UPDATE, DELETE ON known_recommendation TO gait_app;
CREATE TRIGGER organisation_stands BEFORE INSERT ON known_recommendation FOR EACH STATEMENT EXECUTE FUNCTION refuse_gone_organisation();
