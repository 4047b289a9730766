-- AlterTable
ALTER TABLE "audit" DROP CONSTRAINT "audit_pkey",
ADD COLUMN     "hash" BYTEA,
ADD COLUMN     "prev_hash" BYTEA,
ADD COLUMN     "seq" BIGINT;

-- CreateTable
CREATE TABLE "audit_head" (
    "org_id" UUID NOT NULL,
    "size" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,
    "peaks" BYTEA NOT NULL,
    "start_size" BIGINT NOT NULL DEFAULT 0,
    "start_hash" BYTEA NOT NULL,
    "start_peaks" BYTEA NOT NULL,

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("org_id")
);

-- CreateTable
CREATE TABLE "audit_checkpoint" (
    "org_id" UUID NOT NULL,
    "size" BIGINT NOT NULL,
    "root" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,
    "peaks" BYTEA NOT NULL,
    "note" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_checkpoint_pkey" PRIMARY KEY ("org_id","size")
);

-- CreateTable
CREATE TABLE "audit_key" (
    "org_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "verifier" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_key_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "audit_keeping" (
    "org_id" UUID NOT NULL,
    "retention_days" INTEGER NOT NULL DEFAULT 1095 CHECK ("retention_days" >= 180),
    "pruned_at" TIMESTAMPTZ(3),
    "verified_at" TIMESTAMPTZ(3),
    "verified_size" BIGINT NOT NULL DEFAULT 0,
    "verified_problem" TEXT,
    "webhook_url" TEXT,
    "webhook_size" BIGINT NOT NULL DEFAULT 0,
    "webhook_sent_at" TIMESTAMPTZ(3),
    "webhook_failures" INTEGER NOT NULL DEFAULT 0,
    "webhook_error" TEXT,
    "webhook_next_at" TIMESTAMPTZ(3),
    "file_size" BIGINT NOT NULL DEFAULT 0,
    "file_sent_at" TIMESTAMPTZ(3),
    "file_error" TEXT,

    CONSTRAINT "audit_keeping_pkey" PRIMARY KEY ("org_id")
);

-- CreateTable
CREATE TABLE "audit_due" (
    "org_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_due_pkey" PRIMARY KEY ("org_id")
);

-- CreateIndex
CREATE INDEX "audit_due_due_at_idx" ON "audit_due"("due_at");

-- What was written before there was a chain becomes its beginning, in the order of time. The same bytes as lib/domain/audit
-- hashes (RFC 8785, RFC 6962); a test verifies what comes out.
CREATE FUNCTION pg_temp.canonical(part jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  amount numeric;
BEGIN
  CASE jsonb_typeof(part)
    WHEN 'object' THEN
      RETURN '{' || coalesce((SELECT string_agg(to_json(key)::text || ':' || pg_temp.canonical(value), ',' ORDER BY key COLLATE "C")
        FROM jsonb_each(part)), '') || '}';
    WHEN 'array' THEN
      RETURN '[' || coalesce((SELECT string_agg(pg_temp.canonical(value), ',' ORDER BY place)
        FROM jsonb_array_elements(part) WITH ORDINALITY AS element(value, place)), '') || ']';
    WHEN 'string' THEN
      RETURN to_json(part #>> '{}')::text;
    WHEN 'number' THEN
      amount := (part #>> '{}')::numeric;
      IF amount = 0 OR (abs(amount) >= 1e-6 AND abs(amount) < 1e21) THEN
        RETURN trim_scale(amount)::text;
      END IF;
      RETURN regexp_replace(amount::float8::text, 'e([+-])0*', 'e\1');
    ELSE
      RETURN part::text;
  END CASE;
END
$$;

ALTER TABLE audit DISABLE TRIGGER append_only;
ALTER TABLE audit NO FORCE ROW LEVEL SECURITY;
ALTER TABLE audit DISABLE ROW LEVEL SECURITY;
DO $$
DECLARE
  tenant uuid;
  deed record;
  place bigint;
  last bytea;
  leaf bytea;
  merged bytea;
  peaks bytea[];
  rest bigint;
BEGIN
  FOR tenant IN SELECT DISTINCT org_id FROM audit LOOP
    place := 0;
    last := decode(repeat('00', 32), 'hex');
    peaks := '{}';
    FOR deed IN SELECT * FROM audit WHERE org_id = tenant ORDER BY at, id LOOP
      leaf := sha256('\x00'::bytea || convert_to(pg_temp.canonical(
        jsonb_build_object('v', 1, 'org', tenant, 'seq', place + 1, 'prev', encode(last, 'hex'), 'id', deed.id,
          'at', to_char(deed.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'actor', deed.actor, 'act', deed.act, 'target', deed.target)
        || CASE WHEN deed.before IS NULL THEN '{}' ELSE jsonb_build_object('before', deed.before) END
        || CASE WHEN deed.after IS NULL THEN '{}' ELSE jsonb_build_object('after', deed.after) END
        || CASE WHEN deed.reason IS NULL THEN '{}' ELSE jsonb_build_object('reason', deed.reason) END
        || CASE WHEN deed.request_id IS NULL THEN '{}' ELSE jsonb_build_object('requestId', deed.request_id) END
        || CASE WHEN deed.policy_version IS NULL THEN '{}' ELSE jsonb_build_object('policyVersion', deed.policy_version) END
      ), 'UTF8'));
      UPDATE audit SET seq = place + 1, prev_hash = last, hash = leaf WHERE org_id = tenant AND id = deed.id;
      last := leaf;
      merged := leaf;
      rest := place;
      WHILE rest % 2 = 1 LOOP
        merged := sha256('\x01'::bytea || peaks[cardinality(peaks)] || merged);
        peaks := trim_array(peaks, 1);
        rest := rest / 2;
      END LOOP;
      peaks := peaks || merged;
      place := place + 1;
    END LOOP;
    INSERT INTO audit_head (org_id, size, hash, peaks, start_hash, start_peaks)
      SELECT tenant, place, last, string_agg(peak, ''::bytea ORDER BY n), decode(repeat('00', 32), 'hex'), ''
      FROM unnest(peaks) WITH ORDINALITY AS p(peak, n);
    INSERT INTO audit_due (org_id, due_at) VALUES (tenant, now());
  END LOOP;
END
$$;
ALTER TABLE audit ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit FORCE ROW LEVEL SECURITY;
ALTER TABLE audit ENABLE TRIGGER append_only;

-- AlterTable
ALTER TABLE "audit" ALTER COLUMN "hash" SET NOT NULL,
ALTER COLUMN "prev_hash" SET NOT NULL,
ALTER COLUMN "seq" SET NOT NULL,
ADD CONSTRAINT "audit_pkey" PRIMARY KEY ("org_id", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "audit_org_id_id_key" ON "audit"("org_id", "id");

-- CreateIndex
CREATE INDEX "audit_org_id_act_seq_idx" ON "audit"("org_id", "act", "seq");

DO $$
DECLARE
  scoped text;
BEGIN
  FOREACH scoped IN ARRAY ARRAY['audit_head', 'audit_checkpoint', 'audit_key', 'audit_keeping'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', scoped);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', scoped);
    EXECUTE format('CREATE POLICY tenant ON %I USING (org_id = current_org()) WITH CHECK (org_id = current_org())', scoped);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO gait_app', scoped);
    EXECUTE format('CREATE TRIGGER organisation_stands BEFORE INSERT ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_gone_organisation()', scoped);
  END LOOP;
END
$$;
-- The app moves a head on and keeps its settings; it neither removes them nor says where a record begins.
GRANT UPDATE (size, hash, peaks) ON audit_head TO gait_app;
GRANT UPDATE (sealed) ON audit_key TO gait_app;
GRANT UPDATE ON audit_keeping TO gait_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON audit_due TO gait_app;

-- A signed checkpoint stands as long as its organisation.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_checkpoint FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON audit_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Of the audit log, what lies before the beginning that prune_audit has set may go; and nothing younger than 180 days, whoever asks.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (SELECT FROM organisation o WHERE o.org_id = OLD.org_id AND o.is_sample) THEN
    RETURN OLD; -- sample data may be removed whole
  END IF;
  IF TG_OP = 'DELETE' AND OLD.at < now() - interval '180 days'
    AND EXISTS (SELECT FROM audit_head h WHERE h.org_id = OLD.org_id AND OLD.seq <= h.start_size) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
DROP TRIGGER append_only ON audit;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();

-- Removes the entries up to a signed checkpoint, if all of them are older than the organisation keeps its record. What is left
-- begins at that checkpoint, and verifies from there. Runs with the owner's rights, because the app may not delete from the record.
CREATE FUNCTION prune_audit(boundary bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
  SELECT * INTO start FROM audit_checkpoint c WHERE c.org_id = org AND c.size = boundary;
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
REVOKE ALL ON FUNCTION prune_audit(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION prune_audit(bigint) TO gait_app;
