create table calls_flows (
  name text not null primary key,
  last_number integer not null,
  open_number integer not null,
  live_number integer not null
) strict, without rowid;

create table calls_flow_editions (
  id text not null primary key,
  flow text not null references calls_flows (name),
  number integer not null,
  state text not null check (state in ('draft', 'in_review', 'approved', 'publishing', 'published', 'superseded', 'discarded')),
  origin text not null check (origin in ('configuration', 'draft', 'rollback')),
  based_on integer not null default 0,
  content text not null,
  authors text not null default '',
  note text not null default '',
  comment text not null default '',
  problem text not null default '',
  created_by text not null,
  created_at integer not null,
  edited_by text not null,
  edited_at integer not null,
  submitted_by text,
  submitted_at integer,
  reviewed_by text,
  reviewed_at integer,
  published_by text,
  published_at integer,
  version integer not null,
  unique (flow, number)
) strict, without rowid;

create table calls_node_days (
  day integer not null,
  flow text not null,
  edition integer not null,
  node text not null,
  writer text not null,
  entered integer not null,
  went_on integer not null,
  hung_up integer not null,
  primary key (flow, day, edition, node, writer)
) strict, without rowid;

create index calls_node_days_day on calls_node_days (day);

create table calls_prompts (
  name text not null primary key,
  text text not null,
  changed_by text not null,
  changed_at integer not null,
  changes integer not null
) strict, without rowid;

create table calls_scores (
  call_id text not null primary key,
  score integer not null check (score between 1 and 5),
  called_at integer not null
) strict, without rowid;
