import type { Finding } from "../finding.js";

/** A line of code as a report shows it, and the part of it that is meant. */
export interface Frame {
  readonly text: string;
  /** Characters before the part that is meant. */
  readonly indent: number;
  /** At least 1. */
  readonly width: number;
}

const LIMIT = 120;
const BEFORE = 40;

/** Cuts the line of a finding to what fits a terminal; tabs and other control characters become spaces. */
export function cutFrame({ column, excerpt: { text, width } }: Finding): Frame {
  const start = column - 1;
  const indentation = text.length - text.trimStart().length;
  const isFarRight = start - indentation > LIMIT - BEFORE;
  const from = isFarRight ? start - BEFORE : Math.min(indentation, start);
  const shown = text.slice(from, from + LIMIT).replaceAll(/\p{Cc}/gu, " ");
  const indent = start - from;
  return { text: shown, indent, width: Math.max(1, Math.min(width, shown.length - indent)) };
}
