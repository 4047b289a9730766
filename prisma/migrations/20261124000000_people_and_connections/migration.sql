-- AlterTable
ALTER TABLE "organisation" ADD COLUMN     "session_days" INTEGER NOT NULL DEFAULT 14,
ADD COLUMN     "session_idle_minutes" INTEGER NOT NULL DEFAULT 1440,
ADD COLUMN     "sso_enforced" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "break_glass" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
-- Until now one signed in by the owner's link alone.
ALTER TABLE "session" ADD COLUMN     "authenticated_at" TIMESTAMPTZ(3),
ADD COLUMN     "connection" TEXT,
ADD COLUMN     "last_seen_at" TIMESTAMPTZ(3),
ADD COLUMN     "via" TEXT NOT NULL DEFAULT 'owner link';
-- Forced row-level security would show an owner that is no superuser none of the rows.
ALTER TABLE "session" NO FORCE ROW LEVEL SECURITY;
UPDATE "session" SET "authenticated_at" = "created_at", "last_seen_at" = "created_at";
ALTER TABLE "session" FORCE ROW LEVEL SECURITY;
ALTER TABLE "session" ALTER COLUMN "authenticated_at" SET NOT NULL,
ALTER COLUMN "last_seen_at" SET NOT NULL,
ALTER COLUMN "via" DROP DEFAULT;

ALTER TABLE "sign_in_link" ADD COLUMN     "via" TEXT NOT NULL DEFAULT 'owner link';
ALTER TABLE "sign_in_link" ALTER COLUMN "via" DROP DEFAULT;

-- AlterTable
ALTER TABLE "token" ADD COLUMN     "connection" TEXT,
ADD COLUMN     "created_by_id" UUID,
ADD COLUMN     "replaces" UUID,
ADD COLUMN     "team" TEXT;

-- CreateTable
CREATE TABLE "role_grant" (
    "org_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "team" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "role_grant_pkey" PRIMARY KEY ("org_id","person_id","team","source")
);

-- CreateTable
CREATE TABLE "identity" (
    "org_id" UUID NOT NULL,
    "connection" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3),

    CONSTRAINT "identity_pkey" PRIMARY KEY ("org_id","connection","issuer","subject")
);

-- CreateTable
CREATE TABLE "invitation" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "grants" JSONB NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "invited_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "connection" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "secret_sealed" TEXT,
    "joining" TEXT NOT NULL DEFAULT 'provisioned',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "trial" JSONB,
    "tried_at" TIMESTAMPTZ(3),

    CONSTRAINT "connection_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "email_domain" (
    "org_id" UUID NOT NULL,
    "domain" TEXT NOT NULL,
    "connection_id" UUID,
    "challenge" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "verified_at" TIMESTAMPTZ(3),
    "checked_at" TIMESTAMPTZ(3),
    "missing_since" TIMESTAMPTZ(3),

    CONSTRAINT "email_domain_pkey" PRIMARY KEY ("org_id","domain")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "domain_route" (
    "domain" TEXT NOT NULL,
    "org_id" UUID NOT NULL,

    CONSTRAINT "domain_route_pkey" PRIMARY KEY ("domain")
);

-- CreateTable
CREATE TABLE "group_mapping" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "group_name" TEXT NOT NULL,
    "team" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "group_mapping_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "sign_in_attempt" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "state_hash" BYTEA NOT NULL,
    "browser_hash" BYTEA NOT NULL,
    "checks" TEXT NOT NULL,
    "return_to" TEXT,
    "person_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "sign_in_attempt_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "used_assertion" (
    "org_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "assertion_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "used_assertion_pkey" PRIMARY KEY ("org_id","connection_id","assertion_id")
);

-- CreateTable
CREATE TABLE "directory_user" (
    "org_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "user_name" TEXT NOT NULL,
    "external_id" TEXT,
    "active" BOOLEAN NOT NULL,
    "person_id" UUID NOT NULL,
    "document" JSONB NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "directory_user_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "directory_group" (
    "org_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "display_name" TEXT NOT NULL,
    "external_id" TEXT,
    "version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "directory_group_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "directory_member" (
    "org_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,

    CONSTRAINT "directory_member_pkey" PRIMARY KEY ("org_id","group_id","user_id")
);

-- CreateIndex
CREATE INDEX "identity_org_id_person_id_idx" ON "identity"("org_id", "person_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_org_id_secret_hash_key" ON "invitation"("org_id", "secret_hash");

-- CreateIndex
CREATE UNIQUE INDEX "group_mapping_org_id_connection_id_group_name_team_key" ON "group_mapping"("org_id", "connection_id", "group_name", "team");

-- CreateIndex
CREATE UNIQUE INDEX "sign_in_attempt_org_id_state_hash_key" ON "sign_in_attempt"("org_id", "state_hash");

-- CreateIndex
CREATE INDEX "directory_user_org_id_connection_id_external_id_idx" ON "directory_user"("org_id", "connection_id", "external_id");

-- CreateIndex
CREATE INDEX "directory_user_org_id_person_id_idx" ON "directory_user"("org_id", "person_id");

-- CreateIndex
CREATE UNIQUE INDEX "directory_user_org_id_connection_id_user_name_key" ON "directory_user"("org_id", "connection_id", "user_name");

-- CreateIndex
CREATE UNIQUE INDEX "directory_group_org_id_connection_id_display_name_key" ON "directory_group"("org_id", "connection_id", "display_name");

-- CreateIndex
CREATE INDEX "directory_member_org_id_user_id_idx" ON "directory_member"("org_id", "user_id");

-- CreateIndex
CREATE INDEX "person_org_id_email_idx" ON "person"("org_id", "email");

-- CreateIndex
CREATE INDEX "session_org_id_person_id_idx" ON "session"("org_id", "person_id");

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_org_id_person_id_fkey" FOREIGN KEY ("org_id", "person_id") REFERENCES "person"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_org_id_person_id_fkey" FOREIGN KEY ("org_id", "person_id") REFERENCES "person"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_mapping" ADD CONSTRAINT "group_mapping_org_id_connection_id_fkey" FOREIGN KEY ("org_id", "connection_id") REFERENCES "connection"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "directory_member" ADD CONSTRAINT "directory_member_org_id_group_id_fkey" FOREIGN KEY ("org_id", "group_id") REFERENCES "directory_group"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "directory_member" ADD CONSTRAINT "directory_member_org_id_user_id_fkey" FOREIGN KEY ("org_id", "user_id") REFERENCES "directory_user"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Roles become grants: a person may hold several, in the organisation or in a team.
ALTER TABLE "person" NO FORCE ROW LEVEL SECURITY;
INSERT INTO "role_grant" ("org_id", "person_id", "team", "role", "source", "granted_at")
SELECT "org_id", "id", '', "role", 'manual', "created_at" FROM "person";
ALTER TABLE "person" DROP COLUMN "role";

-- Whoever owned an organisation until now can always get in.
UPDATE "person" p SET "break_glass" = true
WHERE EXISTS (SELECT FROM "role_grant" g WHERE g."org_id" = p."org_id" AND g."person_id" = p."id" AND g."role" = 'owner');
ALTER TABLE "person" FORCE ROW LEVEL SECURITY;

-- Every new table is scoped, but for the one that says which organisation vouches for a domain.
DO $$
DECLARE
  scoped text;
BEGIN
  FOREACH scoped IN ARRAY ARRAY['role_grant', 'identity', 'invitation', 'connection', 'email_domain', 'group_mapping',
    'sign_in_attempt', 'used_assertion', 'directory_user', 'directory_group', 'directory_member']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', scoped);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', scoped);
    EXECUTE format('CREATE POLICY tenant ON %I USING (org_id = current_org()) WITH CHECK (org_id = current_org())', scoped);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO gait_app', scoped);
    EXECUTE format('CREATE TRIGGER organisation_stands BEFORE INSERT ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_gone_organisation()', scoped);
  END LOOP;
END
$$;

-- Read by anybody who signs in; written by the organisation alone that a row names.
GRANT SELECT, INSERT, DELETE ON domain_route TO gait_app;
CREATE FUNCTION refuse_foreign_route() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF current_org() IS DISTINCT FROM coalesce(NEW.org_id, OLD.org_id) THEN
    RAISE EXCEPTION 'a domain is routed by its own organisation alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN coalesce(NEW, OLD);
END
$$;
CREATE TRIGGER own_routes BEFORE INSERT OR UPDATE OR DELETE ON domain_route FOR EACH ROW EXECUTE FUNCTION refuse_foreign_route();
