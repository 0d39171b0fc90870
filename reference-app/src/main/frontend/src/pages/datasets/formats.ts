/** What rows can be exported as: the name in routes, and the one that people read. */
export const FORMATS = { csv: 'CSV', xlsx: 'Excel', json: 'JSON', parquet: 'Parquet' };
