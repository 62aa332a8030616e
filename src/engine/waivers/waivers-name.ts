/** In the repository, meant for review. Apart from its reader, so that naming it loads no validator. */
export const WAIVERS_FILE = 'downforce.waivers.jsonc';
