-- What people chose about reports becomes what they choose about all mails.
ALTER TABLE "report_choice" RENAME TO "mail_choice";
ALTER TABLE "mail_choice" ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'report';
ALTER TABLE "mail_choice" ALTER COLUMN "kind" DROP DEFAULT;
ALTER TABLE "mail_choice" DROP CONSTRAINT "report_choice_pkey",
  ADD CONSTRAINT "mail_choice_pkey" PRIMARY KEY ("org_id", "person_id", "kind", "team");

-- A delivery carries news of any kind, to a person or a channel.
ALTER TABLE "delivery" RENAME COLUMN "week" TO "key";
ALTER TABLE "delivery" RENAME COLUMN "person_id" TO "recipient_id";
ALTER TABLE "delivery" ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'report', ADD COLUMN "recipient" TEXT NOT NULL DEFAULT 'person';
ALTER TABLE "delivery" ALTER COLUMN "kind" DROP DEFAULT, ALTER COLUMN "recipient" DROP DEFAULT;
DROP INDEX "delivery_org_id_team_week_person_id_key";
CREATE UNIQUE INDEX "delivery_org_id_kind_team_key_recipient_id_key" ON "delivery"("org_id", "kind", "team", "key", "recipient_id");

-- CreateTable
CREATE TABLE "quiet_hours" (
    "org_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "from_minute" INTEGER NOT NULL,
    "to_minute" INTEGER NOT NULL,
    "zone" TEXT NOT NULL,

    CONSTRAINT "quiet_hours_pkey" PRIMARY KEY ("org_id","person_id")
);

-- CreateTable
CREATE TABLE "channel" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "team" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "url_sealed" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "secret_sealed" TEXT,
    "gets" TEXT[],
    "is_on" BOOLEAN NOT NULL,
    "last_sent_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,

    CONSTRAINT "channel_pkey" PRIMARY KEY ("org_id","id")
);

DO $$
DECLARE
  scoped text;
BEGIN
  FOREACH scoped IN ARRAY ARRAY['quiet_hours', 'channel'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', scoped);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', scoped);
    EXECUTE format('CREATE POLICY tenant ON %I USING (org_id = current_org()) WITH CHECK (org_id = current_org())', scoped);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO gait_app', scoped);
    EXECUTE format('CREATE TRIGGER organisation_stands BEFORE INSERT ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_gone_organisation()', scoped);
  END LOOP;
END
$$;

-- Digests are due before the next report is.
UPDATE "report_due" SET "due_at" = now();
