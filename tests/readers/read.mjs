// Reads the Parquet files named on the command line with hyparquet and prints each as rows of [type, value].
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'

const tag = value => {
  if (value === null || value === undefined) return ['missing', null]
  if (value instanceof Date) return ['datetime', value.toISOString()]
  if (typeof value === 'bigint') return ['bigint', String(value)]
  return [typeof value, value]
}

for (const path of process.argv.slice(2)) {
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(path) })
  const tagged = rows.map(row => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, tag(value)])))
  console.log(JSON.stringify(tagged))
}
