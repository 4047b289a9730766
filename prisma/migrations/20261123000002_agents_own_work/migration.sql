-- AlterTable
ALTER TABLE "task" ADD COLUMN     "agent_acted_at" TIMESTAMPTZ(3);
