import writeXlsxFile from 'write-excel-file/node'

export type Cell = string | number | null

const localFile = 0x04034b50
const centralFile = 0x02014b50
const endOfDirectory = 0x06054b50
/** 1 January 2020, 00:00, in the packed form of ZIP. */
const fixedDate = ((2020 - 1980) << 9) | (1 << 5) | 1

/**
 * One sheet as an .xlsx file. The same rows give the same bytes on any day: the writer stamps the current time into the
 * archive, which would make every run of the demo look like new files.
 */
export const workbook = async (rows: readonly (readonly Cell[])[], sheet: string): Promise<Buffer> => {
  const bytes = await writeXlsxFile(
    rows.map((row) => [...row]),
    { sheet },
  ).toBuffer()
  return withoutClock(bytes)
}

const withoutClock = (zip: Buffer): Buffer => {
  const end = zip.lastIndexOf(Buffer.from([endOfDirectory & 0xff, (endOfDirectory >> 8) & 0xff, 0x05, 0x06]))
  const count = zip.readUInt16LE(end + 10)
  let at = zip.readUInt32LE(end + 16)
  for (let i = 0; i < count; i++) {
    if (zip.readUInt32LE(at) !== centralFile)
      throw new Error('The workbook writer made an archive of an unknown shape.')
    const local = zip.readUInt32LE(at + 42)
    if (zip.readUInt32LE(local) !== localFile)
      throw new Error('The workbook writer made an archive of an unknown shape.')
    zip.writeUInt32LE(fixedDate * 0x10000, at + 12)
    zip.writeUInt32LE(fixedDate * 0x10000, local + 10)
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return zip
}
