-- What agents want between calls, so that a restart knows it.
create table if not exists calls_agents (
  staff_id char(32) character set ascii collate ascii_bin primary key,
  is_signed_on tinyint not null check (is_signed_on in (0, 1)),
  wants_ready tinyint not null check (wants_ready in (0, 1)),
  reason varchar(20) character set ascii collate ascii_bin not null check (reason in ('signed_on', 'break', 'meal', 'meeting', 'training', 'casework', 'no_answer', 'phone_busy', 'rejected', 'unreachable', 'by_supervisor')),
  changed_at bigint not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- What agents can do, 1 to 10.
create table if not exists calls_agent_skills (
  staff_id char(32) character set ascii collate ascii_bin not null,
  skill varchar(40) character set ascii collate ascii_bin not null,
  level bigint not null check (level between 1 and 10),
  primary key (staff_id, skill)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Time lines of agents: stretches within one hour of China (hour: hours since 1970 there). While one is open, until_at is when it was seen last.
create table if not exists calls_agent_times (
  id char(32) character set ascii collate ascii_bin primary key,
  staff_id char(32) character set ascii collate ascii_bin not null,
  state varchar(20) character set ascii collate ascii_bin not null check (state in ('offline', 'not_ready', 'ready', 'reserved', 'talking', 'wrap_up')),
  reason varchar(20) character set ascii collate ascii_bin not null,
  queue varchar(40) character set ascii collate ascii_bin not null,
  call_id varchar(64) character set ascii collate ascii_bin not null,
  hour bigint not null,
  from_at bigint not null,
  until_at bigint not null,
  is_open tinyint not null check (is_open in (0, 1)),
  index calls_agent_times_hour (hour, staff_id),
  index calls_agent_times_staff (staff_id, from_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
