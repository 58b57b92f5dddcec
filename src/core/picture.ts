/** A picture in grey, as pixels. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Luminance [height, width], 0 black … 255 white. */
  readonly grey: Uint8Array;
}
