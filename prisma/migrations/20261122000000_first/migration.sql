-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "event" (
    "org_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "received_by" TEXT NOT NULL,
    "task_ref" TEXT,
    "incident_ref" TEXT,
    "lane" TEXT,
    "data" JSONB NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("org_id","source","id")
);

-- CreateTable
CREATE TABLE "projection_work" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "task_refs" TEXT[],
    "incident_refs" TEXT[],
    "lanes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "parked_until" TIMESTAMPTZ(3),

    CONSTRAINT "projection_work_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lane_due" (
    "org_id" UUID NOT NULL,
    "team" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "dirty_from" TIMESTAMPTZ(3),

    CONSTRAINT "lane_due_pkey" PRIMARY KEY ("org_id","team","category")
);

-- CreateTable
CREATE TABLE "team" (
    "org_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "team_pkey" PRIMARY KEY ("org_id","slug")
);

-- CreateTable
CREATE TABLE "repository" (
    "org_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "team" TEXT,

    CONSTRAINT "repository_pkey" PRIMARY KEY ("org_id","name")
);

-- CreateTable
CREATE TABLE "category" (
    "org_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "risk" TEXT NOT NULL,
    "ceiling" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "category_pkey" PRIMARY KEY ("org_id","key")
);

-- CreateTable
CREATE TABLE "agent" (
    "org_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "vendor" TEXT,
    "model" TEXT,
    "version" TEXT,
    "sponsor_id" UUID,
    "scope" TEXT,
    "status" TEXT NOT NULL DEFAULT 'proposed',
    "registered_at" TIMESTAMPTZ(3),
    "first_seen_at" TIMESTAMPTZ(3),

    CONSTRAINT "agent_pkey" PRIMARY KEY ("org_id","key")
);

-- CreateTable
CREATE TABLE "decision" (
    "org_id" UUID NOT NULL,
    "team" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "id" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "to_gear" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("org_id","team","category","at","id")
);

-- CreateTable
CREATE TABLE "lane" (
    "org_id" UUID NOT NULL,
    "team" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "gear" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "verdict" TEXT NOT NULL,
    "reasons" TEXT[],
    "blocker" TEXT NOT NULL,
    "proven" DOUBLE PRECISION,
    "tight" BOOLEAN NOT NULL,
    "stale_after" TIMESTAMPTZ(3),
    "trust" JSONB NOT NULL,
    "decayed_score" DOUBLE PRECISION NOT NULL,
    "decayed_count" DOUBLE PRECISION NOT NULL,
    "decayed_at" TIMESTAMPTZ(3),
    "decided_count" INTEGER NOT NULL,
    "reviewed_count" INTEGER NOT NULL,
    "merged_count" INTEGER NOT NULL,
    "hasty_count" INTEGER NOT NULL,
    "matured_count" INTEGER NOT NULL,
    "pending_count" INTEGER NOT NULL,
    "recent_weeks" JSONB NOT NULL,
    "last_move_at" TIMESTAMPTZ(3),
    "last_move_kind" TEXT,
    "last_observed_at" TIMESTAMPTZ(3),
    "policy_version" INTEGER NOT NULL,
    "state_at" TIMESTAMPTZ(3),
    "state" JSONB NOT NULL,

    CONSTRAINT "lane_pkey" PRIMARY KEY ("org_id","team","category")
);

-- CreateTable
CREATE TABLE "lane_snapshot" (
    "org_id" UUID NOT NULL,
    "team" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" JSONB NOT NULL,

    CONSTRAINT "lane_snapshot_pkey" PRIMARY KEY ("org_id","team","category","at")
);

-- CreateTable
CREATE TABLE "lane_week" (
    "org_id" UUID NOT NULL,
    "team" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "week" DATE NOT NULL,
    "decided_count" INTEGER NOT NULL,
    "reviewed_count" INTEGER NOT NULL,
    "merged_count" INTEGER NOT NULL,
    "hasty_count" INTEGER NOT NULL,
    "decayed_score" DOUBLE PRECISION NOT NULL,
    "decayed_count" DOUBLE PRECISION NOT NULL,
    "proven" DOUBLE PRECISION,
    "gear" TEXT NOT NULL,

    CONSTRAINT "lane_week_pkey" PRIMARY KEY ("org_id","team","category","week")
);

-- CreateTable
CREATE TABLE "gear_move" (
    "org_id" UUID NOT NULL,
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

    CONSTRAINT "gear_move_pkey" PRIMARY KEY ("org_id","team","category","at","ordinal")
);

-- CreateTable
CREATE TABLE "recommendation" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "team" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "from_gear" TEXT NOT NULL,
    "to_gear" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "reasons" TEXT[],
    "approvals" JSONB NOT NULL,
    "evidence" JSONB NOT NULL,
    "policy_version" INTEGER NOT NULL,

    CONSTRAINT "recommendation_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "installation" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "org_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organisation" (
    "org_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "is_sample" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("org_id")
);

-- CreateTable
CREATE TABLE "policy" (
    "org_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "published_by" TEXT NOT NULL,

    CONSTRAINT "policy_pkey" PRIMARY KEY ("org_id","version")
);

-- CreateTable
CREATE TABLE "audit" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,
    "act" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "reason" TEXT,
    "request_id" TEXT,
    "policy_version" INTEGER,

    CONSTRAINT "audit_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "person" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "handles" TEXT[],
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "person_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "session" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "user_agent" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "sign_in_link" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "sign_in_link_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "token" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "prefix" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "token_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "task" (
    "org_id" UUID NOT NULL,
    "ref" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "url" TEXT,
    "repository" TEXT,
    "team" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "category_reason" TEXT NOT NULL,
    "agent" TEXT,
    "requester" TEXT,
    "state" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),
    "last_event_at" TIMESTAMPTZ(3) NOT NULL,
    "head_sha" TEXT,
    "labels" TEXT[],
    "additions" INTEGER,
    "deletions" INTEGER,
    "files" INTEGER,
    "outcome" TEXT,
    "outcome_reason" TEXT NOT NULL,
    "score" DOUBLE PRECISION,
    "anomalies" TEXT[],

    CONSTRAINT "task_pkey" PRIMARY KEY ("org_id","ref")
);

-- CreateTable
CREATE TABLE "review" (
    "org_id" UUID NOT NULL,
    "task_ref" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "reviewer" TEXT NOT NULL,
    "reviewer_kind" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "independent" BOOLEAN NOT NULL,
    "independent_reason" TEXT NOT NULL,
    "head_sha" TEXT,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL,
    "dismissed_at" TIMESTAMPTZ(3),

    CONSTRAINT "review_pkey" PRIMARY KEY ("org_id","task_ref","ref")
);

-- CreateTable
CREATE TABLE "incident" (
    "org_id" UUID NOT NULL,
    "ref" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "cause" TEXT,
    "team" TEXT,
    "url" TEXT,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "incident_pkey" PRIMARY KEY ("org_id","ref")
);

-- CreateTable
CREATE TABLE "incident_link" (
    "org_id" UUID NOT NULL,
    "incident_ref" TEXT NOT NULL,
    "task_ref" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "confidence" DOUBLE PRECISION,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,
    "linked_by" TEXT,

    CONSTRAINT "incident_link_pkey" PRIMARY KEY ("org_id","incident_ref","task_ref")
);

-- CreateTable
CREATE TABLE "observation" (
    "org_id" UUID NOT NULL,
    "task_ref" TEXT NOT NULL,
    "team" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT NOT NULL,
    "score" DOUBLE PRECISION,
    "merged" BOOLEAN NOT NULL,
    "reviewed" BOOLEAN NOT NULL,
    "hasty" BOOLEAN NOT NULL,

    CONSTRAINT "observation_pkey" PRIMARY KEY ("org_id","task_ref")
);

-- CreateTable
CREATE TABLE "charge" (
    "org_id" UUID NOT NULL,
    "task_ref" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "team" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "severity" TEXT,
    "task_at" TIMESTAMPTZ(3) NOT NULL,
    "task_score" DOUBLE PRECISION,

    CONSTRAINT "charge_pkey" PRIMARY KEY ("org_id","task_ref","key")
);

-- CreateIndex
CREATE INDEX "event_org_id_task_ref_idx" ON "event"("org_id", "task_ref");

-- CreateIndex
CREATE INDEX "event_org_id_incident_ref_idx" ON "event"("org_id", "incident_ref");

-- CreateIndex
CREATE INDEX "event_org_id_lane_idx" ON "event"("org_id", "lane");

-- CreateIndex
CREATE INDEX "lane_due_due_at_idx" ON "lane_due"("due_at");

-- CreateIndex
CREATE INDEX "lane_week_org_id_week_idx" ON "lane_week"("org_id", "week");

-- CreateIndex
CREATE INDEX "gear_move_org_id_at_idx" ON "gear_move"("org_id", "at" DESC);

-- CreateIndex
CREATE INDEX "gear_move_org_id_team_at_idx" ON "gear_move"("org_id", "team", "at" DESC);

-- CreateIndex
CREATE INDEX "recommendation_org_id_status_opened_at_idx" ON "recommendation"("org_id", "status", "opened_at" DESC);

-- CreateIndex
CREATE INDEX "recommendation_org_id_team_category_opened_at_idx" ON "recommendation"("org_id", "team", "category", "opened_at" DESC);

-- CreateIndex
CREATE INDEX "recommendation_org_id_closed_at_id_idx" ON "recommendation"("org_id", "closed_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "recommendation_org_id_team_closed_at_id_idx" ON "recommendation"("org_id", "team", "closed_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_org_id_at_idx" ON "audit"("org_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "session_org_id_secret_hash_key" ON "session"("org_id", "secret_hash");

-- CreateIndex
CREATE UNIQUE INDEX "sign_in_link_org_id_secret_hash_key" ON "sign_in_link"("org_id", "secret_hash");

-- CreateIndex
CREATE UNIQUE INDEX "token_org_id_secret_hash_key" ON "token"("org_id", "secret_hash");

-- CreateIndex
CREATE INDEX "task_org_id_last_event_at_ref_idx" ON "task"("org_id", "last_event_at" DESC, "ref");

-- CreateIndex
CREATE INDEX "task_org_id_team_category_last_event_at_ref_idx" ON "task"("org_id", "team", "category", "last_event_at" DESC, "ref");

-- CreateIndex
CREATE INDEX "task_org_id_agent_last_event_at_ref_idx" ON "task"("org_id", "agent", "last_event_at" DESC, "ref");

-- CreateIndex
CREATE INDEX "incident_org_id_opened_at_ref_idx" ON "incident"("org_id", "opened_at" DESC, "ref");

-- CreateIndex
CREATE INDEX "incident_link_org_id_task_ref_idx" ON "incident_link"("org_id", "task_ref");

-- CreateIndex
CREATE INDEX "observation_org_id_team_category_at_idx" ON "observation"("org_id", "team", "category", "at");

-- CreateIndex
CREATE INDEX "charge_org_id_team_category_at_idx" ON "charge"("org_id", "team", "category", "at");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_org_id_person_id_fkey" FOREIGN KEY ("org_id", "person_id") REFERENCES "person"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sign_in_link" ADD CONSTRAINT "sign_in_link_org_id_person_id_fkey" FOREIGN KEY ("org_id", "person_id") REFERENCES "person"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
