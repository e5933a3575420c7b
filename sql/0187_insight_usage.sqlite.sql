-- How often self-service was used, by day; each process has rows of its own. Nothing here names a person.
create table insight_usage_days (
  day integer not null,
  action text not null,
  channel text not null check (channel in ('chat', 'mini_program', 'h5', 'guest', 'desk', 'outlet', 'device')),
  source text not null,
  outcome text not null check (outcome in ('done', 'refused', 'failed')),
  writer text not null,
  uses integer not null,
  total_ms integer not null,
  primary key (day, action, channel, source, outcome, writer)
) strict, without rowid;
