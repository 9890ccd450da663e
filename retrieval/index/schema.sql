-- The catalog: what is published. A row lives from one generation to another; a reader of
-- generation g sees documents with from_generation <= g and no to_generation, or one above g.
-- One generation back is kept, so that a bad one can be undone.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE generations (
    generation INTEGER PRIMARY KEY,
    published_at TEXT NOT NULL,
    documents INTEGER NOT NULL,
    passages INTEGER NOT NULL
) STRICT;

-- How much of a generation lies in which collections.
CREATE TABLE contents (
    generation INTEGER NOT NULL,
    collection TEXT NOT NULL,
    documents INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    PRIMARY KEY (generation, collection)
) STRICT;

-- When the generation was published with which a version of a document came in. Kept apart from
-- the generations: a rollback brings old versions back, which came in long before.
CREATE TABLE arrivals (
    generation INTEGER PRIMARY KEY,
    published_at TEXT NOT NULL
) STRICT;

CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    title TEXT NOT NULL,
    date TEXT,
    origin TEXT,
    named TEXT,                -- the collection that the document itself names
    collection TEXT NOT NULL,  -- label of the collections that it is in
    passages INTEGER NOT NULL,
    arrived INTEGER NOT NULL,
    from_generation INTEGER NOT NULL,
    to_generation INTEGER
) STRICT;

CREATE UNIQUE INDEX documents_live ON documents (source) WHERE to_generation IS NULL;
CREATE INDEX documents_gone ON documents (to_generation) WHERE to_generation IS NOT NULL;
CREATE INDEX documents_arrived ON documents (arrived);

-- What a document says. Apart from it, since each run looks through all documents for those that
-- differ, and would read all texts.
CREATE TABLE texts (
    document INTEGER PRIMARY KEY REFERENCES documents (id),
    text TEXT NOT NULL
) STRICT;

CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents (id),
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    heading TEXT,
    page INTEGER,
    sentences BLOB NOT NULL,
    vector TEXT NOT NULL
) STRICT;

CREATE INDEX passages_of_document ON passages (document, ordinal);
CREATE INDEX passages_of_vector ON passages (vector);

-- Files that the run behind a generation, or a later one that changed nothing, could not read.
CREATE TABLE failures (
    generation INTEGER NOT NULL,
    source TEXT NOT NULL,
    error TEXT NOT NULL,
    collection TEXT NOT NULL,
    runs INTEGER NOT NULL,  -- in a row
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    loader TEXT NOT NULL,
    PRIMARY KEY (generation, source)
) STRICT;

-- Terms of the live generation only, so that document frequencies and bm25 are exact. They are
-- made by retrieval/text/terms.py and separated by spaces; `ascii` splits nowhere else and knows
-- no Unicode version. Its rowid is the passage's id.
CREATE VIRTUAL TABLE passage_terms USING fts5 (
    title, heading, text, tokenize = "ascii tokenchars '.,'''"
);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (passage_terms, 'row');
