-- Stays of calls in queues, and how each ended (hour: hours since 1970 in China). One that is seen no more was lost with its process.
create table if not exists calls_queue_entries (
  id char(32) character set ascii collate ascii_bin primary key,
  call_id varchar(64) character set ascii collate ascii_bin not null,
  queue varchar(40) character set ascii collate ascii_bin not null,
  tier varchar(40) character set ascii collate ascii_bin not null,
  is_call_back tinyint not null check (is_call_back in (0, 1)),
  since bigint not null,
  joined_at bigint not null,
  hour bigint not null,
  level_seconds bigint not null,
  place bigint not null,
  seen_at bigint not null,
  left_at bigint,
  how varchar(20) character set ascii collate ascii_bin not null check (how in ('waiting', 'answered', 'abandoned', 'short_abandoned', 'overflowed', 'call_back', 'voicemail', 'timed_out', 'closed', 'full', 'unstaffed', 'lost')),
  waited_ms bigint not null,
  agent_id varchar(32) character set ascii collate ascii_bin not null,
  talk_ms bigint not null,
  wrap_ms bigint not null,
  index calls_queue_entries_hour (hour, queue),
  index calls_queue_entries_agent (agent_id, hour),
  index calls_queue_entries_call (call_id),
  index calls_queue_entries_how (how, seen_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
