-- CreateTable
CREATE TABLE "secret_fingerprint" (
    "id" INTEGER NOT NULL DEFAULT 1 CHECK ("id" = 1),
    "salt" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "secret_fingerprint_pkey" PRIMARY KEY ("id")
);
