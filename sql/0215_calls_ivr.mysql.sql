create table if not exists calls_flows (
  name varchar(60) character set ascii collate ascii_bin not null primary key,
  last_number bigint not null,
  open_number bigint not null,
  live_number bigint not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists calls_flow_editions (
  id char(32) character set ascii collate ascii_bin not null primary key,
  flow varchar(60) character set ascii collate ascii_bin not null,
  number bigint not null,
  state varchar(12) not null check (state in ('draft', 'in_review', 'approved', 'publishing', 'published', 'superseded', 'discarded')),
  origin varchar(14) not null check (origin in ('configuration', 'draft', 'rollback')),
  based_on bigint not null default 0,
  content mediumtext not null,
  authors varchar(2000) character set ascii collate ascii_bin not null default '',
  note varchar(500) not null default '',
  comment varchar(500) not null default '',
  problem varchar(1000) not null default '',
  created_by char(32) character set ascii collate ascii_bin not null,
  created_at bigint not null,
  edited_by char(32) character set ascii collate ascii_bin not null,
  edited_at bigint not null,
  submitted_by char(32) character set ascii collate ascii_bin null,
  submitted_at bigint null,
  reviewed_by char(32) character set ascii collate ascii_bin null,
  reviewed_at bigint null,
  published_by char(32) character set ascii collate ascii_bin null,
  published_at bigint null,
  version bigint not null,
  unique calls_flow_editions_number (flow, number),
  constraint calls_flow_editions_flow foreign key (flow) references calls_flows (name)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists calls_node_days (
  day bigint not null,
  flow varchar(60) character set ascii collate ascii_bin not null,
  edition bigint not null,
  node varchar(40) character set ascii collate ascii_bin not null,
  writer varchar(32) character set ascii collate ascii_bin not null,
  entered bigint not null,
  went_on bigint not null,
  hung_up bigint not null,
  primary key (flow, day, edition, node, writer),
  key calls_node_days_day (day)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists calls_prompts (
  name varchar(60) character set ascii collate ascii_bin not null primary key,
  text varchar(500) not null,
  changed_by char(32) character set ascii collate ascii_bin not null,
  changed_at bigint not null,
  changes bigint not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists calls_scores (
  call_id char(32) character set ascii collate ascii_bin not null primary key,
  score bigint not null check (score between 1 and 5),
  called_at bigint not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
