-- What agents want between calls, so that a restart knows it.
create table calls_agents (
  staff_id text primary key,
  is_signed_on integer not null check (is_signed_on in (0, 1)),
  wants_ready integer not null check (wants_ready in (0, 1)),
  reason text not null check (reason in ('signed_on', 'break', 'meal', 'meeting', 'training', 'casework', 'no_answer', 'phone_busy', 'rejected', 'unreachable', 'by_supervisor')),
  changed_at integer not null
) strict, without rowid;

-- What agents can do, 1 to 10.
create table calls_agent_skills (
  staff_id text not null,
  skill text not null,
  level integer not null check (level between 1 and 10),
  primary key (staff_id, skill)
) strict, without rowid;

-- Time lines of agents: stretches within one hour of China (hour: hours since 1970 there). While one is open, until_at is when it was seen last.
create table calls_agent_times (
  id text primary key,
  staff_id text not null,
  state text not null check (state in ('offline', 'not_ready', 'ready', 'reserved', 'talking', 'wrap_up')),
  reason text not null,
  queue text not null,
  call_id text not null,
  hour integer not null,
  from_at integer not null,
  until_at integer not null,
  is_open integer not null check (is_open in (0, 1))
) strict, without rowid;

create index calls_agent_times_hour on calls_agent_times (hour, staff_id);
create index calls_agent_times_staff on calls_agent_times (staff_id, from_at);
