/**
 * The environment this program was started in. Dawn's host chooses its driver by changing
 * `process.env`; what other programs are started with must not depend on that.
 */
export const startEnvironment: Readonly<NodeJS.ProcessEnv> = { ...process.env };
