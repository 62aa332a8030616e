export const CONFIG_FILE = 'downforce.jsonc';
