-- CreateTable
CREATE TABLE "lane_news" (
    "org_id" UUID NOT NULL,
    "team" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lane_news_pkey" PRIMARY KEY ("org_id","team","category")
);

-- CreateTable
CREATE TABLE "logged_move" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "team" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "from_gear" TEXT NOT NULL,
    "to_gear" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "people" TEXT[],
    "task_ref" TEXT,
    "evidence" JSONB NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_reason" TEXT,

    CONSTRAINT "logged_move_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateIndex
CREATE INDEX "logged_move_org_id_at_ordinal_id_idx" ON "logged_move"("org_id", "at" DESC, "ordinal" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "logged_move_org_id_team_at_ordinal_id_idx" ON "logged_move"("org_id", "team", "at" DESC, "ordinal" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "logged_move_org_id_team_category_at_idx" ON "logged_move"("org_id", "team", "category", "at" DESC);

ALTER TABLE logged_move ENABLE ROW LEVEL SECURITY;
ALTER TABLE logged_move FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON logged_move USING (org_id = current_org()) WITH CHECK (org_id = current_org());
GRANT SELECT, INSERT, UPDATE, DELETE ON logged_move, lane_news TO gait_app;
CREATE TRIGGER organisation_stands BEFORE INSERT ON logged_move FOR EACH STATEMENT EXECUTE FUNCTION refuse_gone_organisation();

-- Moves that stand already are logged when the projector first looks. Forced row-level security would show an owner that is no
-- superuser none of them.
ALTER TABLE gear_move NO FORCE ROW LEVEL SECURITY;
INSERT INTO lane_news (org_id, team, category, since) SELECT DISTINCT org_id, team, category, now() FROM gear_move;
ALTER TABLE gear_move FORCE ROW LEVEL SECURITY;

-- Every lane now keeps how many clean reviews its next gear takes: each is advanced once more.
ALTER TABLE lane NO FORCE ROW LEVEL SECURITY;
INSERT INTO lane_due (org_id, team, category, due_at) SELECT org_id, team, category, now() FROM lane
ON CONFLICT (org_id, team, category) DO UPDATE SET due_at = LEAST(lane_due.due_at, excluded.due_at);
ALTER TABLE lane FORCE ROW LEVEL SECURITY;

-- As before, and the new work list with the others: at the end, and without waiting for whoever has taken a row.
CREATE OR REPLACE FUNCTION remove_sample_organisation() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  org uuid := current_org();
  tenant text;
  removed bigint := 0;
  n bigint;
BEGIN
  PERFORM FROM organisation o WHERE o.org_id = org AND o.is_sample FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'only sample data can be removed' USING ERRCODE = 'restrict_violation';
  END IF;
  FOR tenant IN
    SELECT c.table_name FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND c.column_name = 'org_id' AND t.table_type = 'BASE TABLE'
      AND c.table_name NOT IN ('installation', 'organisation', 'projection_work', 'lane_due', 'lane_news')
    ORDER BY c.table_name = 'person'
  LOOP
    EXECUTE format('DELETE FROM %I WHERE org_id = $1', tenant) USING org;
    GET DIAGNOSTICS n = ROW_COUNT;
    removed := removed + n;
  END LOOP;
  DELETE FROM projection_work WHERE id IN (SELECT id FROM projection_work WHERE org_id = org FOR UPDATE SKIP LOCKED);
  DELETE FROM lane_due WHERE (team, category) IN (SELECT team, category FROM lane_due WHERE org_id = org FOR UPDATE SKIP LOCKED) AND org_id = org;
  DELETE FROM lane_news WHERE (team, category) IN (SELECT team, category FROM lane_news WHERE org_id = org FOR UPDATE SKIP LOCKED) AND org_id = org;
  DELETE FROM organisation WHERE org_id = org;
  RETURN removed;
END
$$;
