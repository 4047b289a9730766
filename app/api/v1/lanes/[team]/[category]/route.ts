import { getLane } from '@/lib/lanes/data/lane';
import { getOrganisation } from '@/lib/organisations/data';
import { jsonAnswer } from '@/lib/platform/answer';
import { systemClock } from '@/lib/platform/clock';
import { AppError } from '@/lib/platform/errors';
import { methods, route } from '@/lib/platform/http';
import { requireReader, teamFor } from '@/lib/tokens/gate';

const read = route<{ team: string; category: string }>(async (request, { params }) => {
  const reader = await requireReader(request, systemClock);
  const { team, category } = await params;
  teamFor(reader, team);
  const { orgId } = reader;
  // No name holds NUL, and the database would not take it.
  const isName = !`${team}${category}`.includes('\u0000');
  const lane =
    isName && (await getLane(orgId, await getOrganisation(orgId), team, category, systemClock.now()));
  if (!lane) throw new AppError('not_found', `There is no lane ${team}/${category}.`);
  return jsonAnswer(lane);
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: read });
