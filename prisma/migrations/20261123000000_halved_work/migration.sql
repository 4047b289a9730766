-- AlterTable
ALTER TABLE "projection_work" ADD COLUMN     "part_of" UUID;

-- CreateIndex
CREATE INDEX "projection_work_part_of_idx" ON "projection_work"("part_of");
