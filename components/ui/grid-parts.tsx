// biome-ignore-all lint/a11y/useSemanticElements: a table cannot skip painting the rows that are out of sight
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid moves focus among what stands inside the cells
import type { ComponentProps } from 'react';

type Part = Omit<ComponentProps<'div'>, 'role'> & { 'data-csv'?: string };

export function GridRow(props: Part) {
  return <div role="row" {...props} />;
}

export function GridColumnHeader(props: Part) {
  return <div role="columnheader" {...props} />;
}

export function GridRowHeader(props: Part) {
  return <div role="rowheader" {...props} />;
}

export function GridCell(props: Part) {
  return <div role="gridcell" {...props} />;
}
