/** Names the shape and its version. Apart from the schema, so that writing an envelope loads no validator. */
export const ENVELOPE_SCHEMA = 'downforce.envelope/1';
