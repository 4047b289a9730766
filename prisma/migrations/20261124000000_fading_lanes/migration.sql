-- Every lane now keeps how its evidence fades. One that lies idle would not be written again by itself: each is advanced once more.
-- The owner sees no row of a table that forces its policies upon everybody, and there is no organisation to act for here.
ALTER TABLE lane NO FORCE ROW LEVEL SECURITY;

INSERT INTO lane_due (org_id, team, category, due_at)
SELECT org_id, team, category, now() FROM lane
ON CONFLICT (org_id, team, category) DO UPDATE SET due_at = LEAST(lane_due.due_at, excluded.due_at);

ALTER TABLE lane FORCE ROW LEVEL SECURITY;
