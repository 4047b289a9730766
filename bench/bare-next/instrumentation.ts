/** Next looks for this file up to the root, and would start Gait's projector in here. */
export function register(): void {}
