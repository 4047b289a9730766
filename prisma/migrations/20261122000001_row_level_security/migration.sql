-- The role that the app works as: it owns nothing and cannot bypass row-level security.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gait_app') THEN
    CREATE ROLE gait_app NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  END IF;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN
    NULL; -- another database of this cluster made it in the same moment
  WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'Gait needs a role to work as. Ask an administrator of the database to run: CREATE ROLE gait_app NOLOGIN; GRANT gait_app TO %', current_user
      USING ERRCODE = 'insufficient_privilege';
END
$$;
DO $$
BEGIN
  BEGIN
    SET LOCAL ROLE gait_app;
    SET LOCAL ROLE NONE;
  EXCEPTION WHEN insufficient_privilege THEN
    EXECUTE format('GRANT gait_app TO %I', current_user);
  END;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE EXCEPTION 'Gait may not work as its role. Ask an administrator of the database to run: GRANT gait_app TO %', current_user
    USING ERRCODE = 'insufficient_privilege';
END
$$;

GRANT USAGE ON SCHEMA public TO gait_app;

-- The organisation of this transaction; null, and so no rows, when none is set.
CREATE FUNCTION current_org() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.org', true), '')::uuid;

-- Every table that carries org_id is scoped, but for the three lists that hold no tenant content.
DO $$
DECLARE
  scoped text;
BEGIN
  FOR scoped IN
    SELECT c.table_name FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND c.column_name = 'org_id' AND t.table_type = 'BASE TABLE'
      AND c.table_name NOT IN ('installation', 'projection_work', 'lane_due')
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', scoped);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', scoped);
    EXECUTE format('CREATE POLICY tenant ON %I USING (org_id = current_org()) WITH CHECK (org_id = current_org())', scoped);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO gait_app', scoped);
  END LOOP;
END
$$;
GRANT SELECT, INSERT, UPDATE, DELETE ON projection_work, lane_due TO gait_app;
GRANT SELECT ON installation TO gait_app;
-- An organisation goes only by remove_sample_organisation: one deleted and made anew could call itself sample data.
REVOKE DELETE ON organisation FROM gait_app;

-- The record and the audit log only grow. Privileges say so first; the trigger says so to the owner too.
REVOKE UPDATE, DELETE, TRUNCATE ON event, audit FROM gait_app;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (SELECT FROM organisation o WHERE o.org_id = OLD.org_id AND o.is_sample) THEN
    RETURN OLD; -- sample data may be removed whole
  END IF;
  RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Whether an organisation is sample data is said once, at its birth.
CREATE FUNCTION refuse_sample_change() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.is_sample <> OLD.is_sample THEN
    RAISE EXCEPTION 'is_sample never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER sample_for_ever BEFORE UPDATE ON organisation FOR EACH ROW EXECUTE FUNCTION refuse_sample_change();

-- Removes every row of the organisation of this transaction, if it is sample data. Runs with the owner's rights,
-- because the app may not delete from the record. Temporary tables are looked at last: none can pass for one of ours.
CREATE FUNCTION remove_sample_organisation() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  org uuid := current_org();
  tenant text;
  removed bigint := 0;
  n bigint;
BEGIN
  IF NOT EXISTS (SELECT FROM organisation o WHERE o.org_id = org AND o.is_sample) THEN
    RAISE EXCEPTION 'only sample data can be removed' USING ERRCODE = 'restrict_violation';
  END IF;
  FOR tenant IN
    SELECT c.table_name FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND c.column_name = 'org_id' AND t.table_type = 'BASE TABLE'
      AND c.table_name NOT IN ('installation', 'organisation')
    ORDER BY c.table_name = 'person'
  LOOP
    EXECUTE format('DELETE FROM %I WHERE org_id = $1', tenant) USING org;
    GET DIAGNOSTICS n = ROW_COUNT;
    removed := removed + n;
  END LOOP;
  DELETE FROM organisation WHERE org_id = org;
  RETURN removed;
END
$$;
REVOKE ALL ON FUNCTION remove_sample_organisation() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION remove_sample_organisation() TO gait_app;
