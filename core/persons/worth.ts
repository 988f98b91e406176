/** Which candidates are worth opening: by the previews that stand beside their keys. */
import type { Model } from '../../linkage/model.ts'
import { type Glimpse, mayBeOne, readPreview } from '../../linkage/preview.ts'
import type { Worth } from '../../store/candidates.ts'

type Asked = { readonly id: string; readonly preview?: Uint8Array | undefined }

/** True for whoever may be one with the record that asks, as far as previews tell. */
export function worthOpening(model: Model, asked: readonly Asked[]): Worth {
  const own = new Map<string, Glimpse>()
  for (const { id, preview } of asked) {
    const read = preview && readPreview(new DataView(preview.buffer, preview.byteOffset, preview.length))
    if (read) own.set(id, read)
  }
  return (of, previews, at, mayCall) => {
    const one = own.get(of)
    const other = one && readPreview(previews, at)
    return !one || !other || mayBeOne(model, one, other, mayCall)
  }
}
