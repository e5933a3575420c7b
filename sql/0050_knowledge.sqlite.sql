create table knowledge_goods (
  name text not null primary key,
  aliases text not null default '',
  verdict text not null check (verdict in ('forbidden', 'conditional', 'allowed')),
  reason text not null,
  requirement text not null default '',
  catalogue_group text not null default ''
) strict, without rowid;

create table knowledge_questions (
  intent text not null primary key,
  question text not null,
  keywords text not null,
  answer text not null,
  source text not null default ''
) strict, without rowid;

-- Who changes rows of a table raises its version in the same transaction: processes then read the table again.
create table knowledge_versions (
  name text not null primary key,
  version integer not null
) strict, without rowid;
