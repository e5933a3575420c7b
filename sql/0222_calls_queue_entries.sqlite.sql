-- Stays of calls in queues, and how each ended (hour: hours since 1970 in China). One that is seen no more was lost with its process.
create table calls_queue_entries (
  id text primary key,
  call_id text not null,
  queue text not null,
  tier text not null,
  is_call_back integer not null check (is_call_back in (0, 1)),
  since integer not null,
  joined_at integer not null,
  hour integer not null,
  level_seconds integer not null,
  place integer not null,
  seen_at integer not null,
  left_at integer,
  how text not null check (how in ('waiting', 'answered', 'abandoned', 'short_abandoned', 'overflowed', 'call_back', 'voicemail', 'timed_out', 'closed', 'full', 'unstaffed', 'lost')),
  waited_ms integer not null,
  agent_id text not null,
  talk_ms integer not null,
  wrap_ms integer not null
) strict, without rowid;

create index calls_queue_entries_hour on calls_queue_entries (hour, queue);
create index calls_queue_entries_agent on calls_queue_entries (agent_id, hour);
create index calls_queue_entries_call on calls_queue_entries (call_id);
create index calls_queue_entries_how on calls_queue_entries (how, seen_at);
