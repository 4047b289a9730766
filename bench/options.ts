export const sectionNames = [
  'engine',
  'audit',
  'single',
  'batch',
  'projection',
  'pages',
  'javascript',
  'reports',
  'import',
  'memory',
  'overload',
] as const;

export type SectionName = (typeof sectionNames)[number];

export type Options = {
  only: readonly SectionName[];
  /** Fewer rounds and less data: to see that it works, not to compare. */
  quick: boolean;
  /** Also writes CPU profiles of the servers into this folder. */
  profile: string | null;
};

const isSection = (name: string): name is SectionName => sectionNames.some((known) => known === name);

/** Reads the command line; a string is what is wrong with it. */
export function readOptions(args: readonly string[]): Options | string {
  let only: readonly SectionName[] = sectionNames;
  let quick = false;
  let profile: string | null = null;
  for (let i = 0; i < args.length; i += 1) {
    const [name, joined] = (args[i] ?? '').split('=', 2);
    const value = (): string => joined ?? args[++i] ?? '';
    switch (name) {
      case '--quick':
        quick = true;
        break;
      case '--profile':
        profile = value();
        break;
      case '--only': {
        const names = value().split(',');
        const unknown = names.find((one) => !isSection(one));
        if (unknown !== undefined) return `There is no part “${unknown}”.`;
        only = names.filter(isSection);
        break;
      }
      default:
        return `What is ${args[i]}?`;
    }
  }
  return { only, quick, profile };
}

export const usage = `npm run bench -- [--only ${sectionNames.join(',')}] [--quick] [--profile FOLDER]`;
