-- How often self-service was used, by day; each process has rows of its own. Nothing here names a person.
create table if not exists insight_usage_days (
  day bigint not null,
  action varchar(60) character set ascii collate ascii_bin not null,
  channel varchar(16) character set ascii collate ascii_bin not null check (channel in ('chat', 'mini_program', 'h5', 'guest', 'desk', 'outlet', 'device')),
  source varchar(40) character set ascii collate ascii_bin not null,
  outcome varchar(8) character set ascii collate ascii_bin not null check (outcome in ('done', 'refused', 'failed')),
  writer char(32) character set ascii collate ascii_bin not null,
  uses bigint not null,
  total_ms bigint not null,
  primary key (day, action, channel, source, outcome, writer)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
