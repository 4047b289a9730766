-- AlterTable
ALTER TABLE "person" ADD COLUMN     "removed_by" TEXT;

-- Until now nobody but people removed anybody. The owner of the tables is bound by the policies, so they are lifted meanwhile.
ALTER TABLE person NO FORCE ROW LEVEL SECURITY;
ALTER TABLE person DISABLE ROW LEVEL SECURITY;
UPDATE person SET removed_by = 'hand' WHERE removed_at IS NOT NULL;
ALTER TABLE person ENABLE ROW LEVEL SECURITY;
ALTER TABLE person FORCE ROW LEVEL SECURITY;
