import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FileStore } from '@tus/file-store';
import type { Upload } from '@tus/server';
import { describeFileFault } from '../storage/durable-files.js';

/**
 * The files of resumable uploads. A full disk is told as such, where the library says that a file could not be written,
 * and what could not be begun leaves no empty file.
 */
export function createUploadStore(options: ConstructorParameters<typeof FileStore>[0]): FileStore {
  return new UploadStore(options);
}

/** In the library's words: most often the client has gone. */
const UNWRITTEN = { status_code: 500, body: 'upload: not all bytes arrived, ask where to go on\n' };

class UploadStore extends FileStore {
  override async create(file: Upload): Promise<Upload> {
    try {
      return await super.create(file);
    } catch (fault) {
      await rm(join(this.directory, file.id), { force: true });
      throw describeFileFault(fault);
    }
  }

  /** What was written before a fault stays: the client asks how much that is, and goes on there. */
  override async write(bytes: Readable | IncomingMessage, id: string, offset: number): Promise<number> {
    const file = createWriteStream(join(this.directory, id), { flags: 'r+', start: offset });
    try {
      await pipeline(bytes, file);
    } catch (fault) {
      const told = describeFileFault(fault);
      throw told === fault ? UNWRITTEN : told;
    }
    return offset + file.bytesWritten;
  }
}
