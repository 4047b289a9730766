-- AlterTable
ALTER TABLE "identity" ADD COLUMN     "groups" TEXT[] DEFAULT ARRAY[]::TEXT[];
