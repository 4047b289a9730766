-- An organisation that is being removed must not be written to meanwhile, or something of it would stay. Who writes holds its
-- organisation, together with others, as a foreign key would; who removes it waits for them, and lets nobody in.
CREATE FUNCTION hold_organisation() RETURNS boolean LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM FROM organisation o WHERE o.org_id = current_org() FOR KEY SHARE;
  RETURN FOUND;
END
$$;

CREATE FUNCTION refuse_gone_organisation() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF current_org() IS NOT NULL AND NOT hold_organisation() THEN
    RAISE EXCEPTION 'the organisation is gone' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END
$$;

DO $$
DECLARE
  scoped text;
BEGIN
  FOR scoped IN
    SELECT tablename FROM pg_policies WHERE schemaname = 'public' AND policyname = 'tenant' AND tablename <> 'organisation'
  LOOP
    EXECUTE format('CREATE TRIGGER organisation_stands BEFORE INSERT ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_gone_organisation()', scoped);
  END LOOP;
END
$$;

-- As before, but alone with the organisation, and the work lists last: a projector that has taken a row of them waits for this to
-- end, finds the organisation gone and lets the row go. To wait for its row here would be to wait in a circle.
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
      AND c.table_name NOT IN ('installation', 'organisation', 'projection_work', 'lane_due')
    ORDER BY c.table_name = 'person'
  LOOP
    EXECUTE format('DELETE FROM %I WHERE org_id = $1', tenant) USING org;
    GET DIAGNOSTICS n = ROW_COUNT;
    removed := removed + n;
  END LOOP;
  DELETE FROM projection_work WHERE id IN (SELECT id FROM projection_work WHERE org_id = org FOR UPDATE SKIP LOCKED);
  DELETE FROM lane_due WHERE (team, category) IN (SELECT team, category FROM lane_due WHERE org_id = org FOR UPDATE SKIP LOCKED) AND org_id = org;
  DELETE FROM organisation WHERE org_id = org;
  RETURN removed;
END
$$;
