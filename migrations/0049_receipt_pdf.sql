-- The receipt of a handover as a document: drawn once by the jobs process, kept sealed under the household's key (src/handover/print.c).

CREATE TABLE handover_pdf (
  handover_id BIGINT PRIMARY KEY REFERENCES handover (id),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'made', 'failed')),
  tries BIGINT NOT NULL,
  until BIGINT NOT NULL,                        -- somebody draws it until then
  pdf_enc BYTEA
);
CREATE INDEX handover_pdf_waiting ON handover_pdf (until) WHERE state = 'waiting';
INSERT INTO handover_pdf (handover_id, state, tries, until) SELECT id, 'waiting', 0, 0 FROM handover;
