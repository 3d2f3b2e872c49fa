import { types } from "pg";

const { builtins } = types;

/** Stay as the server writes them: `pg` would make dates of the local zone of some, and objects of others. */
const texts = new Set<number>([builtins.DATE, builtins.TIMESTAMP, builtins.INTERVAL]);

/** Lists of those: `date[]`, `timestamp[]` and `interval[]`. */
const textArrays = new Set<number>([1182, 1115, 1187]);

const textArray = 1009;

/** What `pg` makes of the values that it reads. */
export const typeParsers: { getTypeParser: typeof types.getTypeParser } = {
  getTypeParser(type: number, format?: "text" | "binary") {
    if (texts.has(type)) return String;
    return types.getTypeParser(textArrays.has(type) ? textArray : type, format as "text");
  },
};
