// Why a network's answer came out: which parts of an example a class rests on, and their picture.

export { drawImportanceGrid, type ImportanceGrid } from './draw-grid.js';
export { drawImportance, type ImportanceDrawing } from './draw-importance.js';
export { createGradCam, type GradCam, type GradCamOptions } from './grad-cam.js';
