-- AlterTable
ALTER TABLE "audit_checkpoint" DROP CONSTRAINT "audit_checkpoint_pkey",
ADD COLUMN     "losses" INTEGER NOT NULL DEFAULT 0,
ADD CONSTRAINT "audit_checkpoint_pkey" PRIMARY KEY ("org_id", "losses", "size");

-- CreateTable
CREATE TABLE "audit_seen" (
    "org_id" UUID NOT NULL,
    "losses" INTEGER NOT NULL,
    "size" BIGINT NOT NULL,
    "note" TEXT NOT NULL,

    CONSTRAINT "audit_seen_pkey" PRIMARY KEY ("org_id","losses")
);

-- CreateTable
CREATE TABLE "audit_alarm" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "known_size" BIGINT NOT NULL,
    "known_root" BYTEA,
    "agreed_size" BIGINT NOT NULL,
    "head_size" BIGINT NOT NULL,
    "problem" TEXT,
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "acknowledged_at" TIMESTAMPTZ(3),
    "acknowledged_by" TEXT,
    "reason" TEXT,
    "loss" INTEGER,

    CONSTRAINT "audit_alarm_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_alarm_org_id_loss_key" ON "audit_alarm"("org_id", "loss");

-- At most one alarm is open at a time.
CREATE UNIQUE INDEX "audit_alarm_open" ON "audit_alarm"("org_id") WHERE "acknowledged_at" IS NULL;

-- What was signed before. Forced row-level security would show an owner that is no superuser none of it.
ALTER TABLE audit_checkpoint NO FORCE ROW LEVEL SECURITY;
INSERT INTO audit_seen (org_id, losses, size, note)
  SELECT DISTINCT ON (org_id) org_id, 0, size, note FROM audit_checkpoint ORDER BY org_id, size DESC;
ALTER TABLE audit_checkpoint FORCE ROW LEVEL SECURITY;

DO $$
DECLARE
  scoped text;
BEGIN
  FOREACH scoped IN ARRAY ARRAY['audit_seen', 'audit_alarm'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', scoped);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', scoped);
    EXECUTE format('CREATE POLICY tenant ON %I USING (org_id = current_org()) WITH CHECK (org_id = current_org())', scoped);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO gait_app', scoped);
    EXECUTE format('CREATE TRIGGER organisation_stands BEFORE INSERT ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_gone_organisation()', scoped);
  END LOOP;
END
$$;
GRANT UPDATE (size, note) ON audit_seen TO gait_app;
GRANT UPDATE (agreed_size, known_size, known_root, acknowledged_at, acknowledged_by, reason, loss) ON audit_alarm TO gait_app;

-- What was seen is raised and never lowered; an alarm that was acknowledged stays as it is.
CREATE FUNCTION refuse_lowering() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (SELECT FROM organisation o WHERE o.org_id = OLD.org_id AND o.is_sample) THEN
    RETURN OLD; -- sample data may be removed whole
  END IF;
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'audit_seen' THEN
    IF NEW.size >= OLD.size THEN
      RETURN NEW;
    END IF;
  ELSIF TG_OP = 'UPDATE' THEN
    IF OLD.acknowledged_at IS NULL THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'table % is never lowered', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER never_lowered BEFORE UPDATE OR DELETE ON audit_seen FOR EACH ROW EXECUTE FUNCTION refuse_lowering();
CREATE TRIGGER never_lowered BEFORE UPDATE OR DELETE ON audit_alarm FOR EACH ROW EXECUTE FUNCTION refuse_lowering();

-- As before, but for checkpoints of entries whose loss was acknowledged: a record does not begin at one of those.
CREATE OR REPLACE FUNCTION prune_audit(boundary bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  org uuid := current_org();
  keep_days integer := coalesce((SELECT k.retention_days FROM audit_keeping k WHERE k.org_id = org), 1095);
  start audit_checkpoint%ROWTYPE;
  removed bigint;
BEGIN
  PERFORM FROM audit_head h WHERE h.org_id = org AND h.start_size < boundary AND boundary <= h.size FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the record does not reach from before entry % to it', boundary USING ERRCODE = 'restrict_violation';
  END IF;
  SELECT * INTO start FROM audit_checkpoint c WHERE c.org_id = org AND c.size = boundary
    AND NOT EXISTS (SELECT FROM audit_alarm a WHERE a.org_id = org AND a.loss > c.losses
      AND a.agreed_size < c.size AND c.size <= a.known_size);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no signed checkpoint at entry %', boundary USING ERRCODE = 'restrict_violation';
  END IF;
  IF EXISTS (SELECT FROM audit a WHERE a.org_id = org AND a.seq <= boundary
    AND a.at > now() - make_interval(days => greatest(keep_days, 180))) THEN
    RAISE EXCEPTION 'the record is kept for % days', greatest(keep_days, 180) USING ERRCODE = 'restrict_violation';
  END IF;
  UPDATE audit_head SET start_size = start.size, start_hash = start.hash, start_peaks = start.peaks WHERE org_id = org;
  DELETE FROM audit WHERE org_id = org AND seq <= boundary;
  GET DIAGNOSTICS removed = ROW_COUNT;
  RETURN removed;
END
$$;
