-- AlterTable
ALTER TABLE "sign_in_attempt" ADD COLUMN     "answer" TEXT;
